/* Cost of measures by scenario, year and source of money, 亿元 a year at prices of 2020 (median of the draws). */
select scenario, time as year, payer, median(cost_by_payer) as cost
from runs_payer where time > 2020 group by scenario, time, payer having median(cost_by_payer) <> 0 order by scenario, year, payer
