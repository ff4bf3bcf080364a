/* Cost of each measure by scenario and year, 亿元 a year at prices of 2020 (median of the draws). */
select scenario, time as year, measure, median(measure_spending) as cost
from runs_measure where time > 2020 group by scenario, time, measure having median(measure_spending) <> 0 order by scenario, year, measure
