/* Cost per unit of effect of each scenario against the baseline, draw by draw: GDP of 2035 gained, and fall of the Theil index, for the money of 2021-2035.
   Amounts in 亿元 at prices of 2020; gdp_per_cost is 亿元 of GDP of 2035 for one 亿元, theil_per_1000 the fall of the index for 1000 亿元 (below 0: it rises). */
with cost as (select scenario, draw, sum(lever_cost) as cost from runs_scalar where time > 2020 group by scenario, draw),
  final as (select scenario, draw, gdp_real_total as gdp, theil from runs_scalar where time = 2035)
select scenario, median(cost) as cost, median(f.gdp - b.gdp) as gdp_gained, median((f.gdp - b.gdp) / cost) as gdp_per_cost,
  median(1000 * (b.theil - f.theil) / cost) as theil_per_1000
from cost join final f using (scenario, draw) join final b on b.draw = f.draw and b.scenario = 'baseline'
where cost > 0 group by scenario order by gdp_per_cost desc
