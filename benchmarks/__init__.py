"""Speed and quality, against peers where there are any. `python -m benchmarks [NAME…]`.

Real data is read from $COPYASSIST_BENCH_DATA; where it is absent a benchmark says so and is
skipped. Times are processor times of one thread, the best of several runs where that is said.
"""
