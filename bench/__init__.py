"""Performance as ratios: floor and product measured in turn, on one machine, in one run.

`python -m bench` (`make bench`), or `--quick` for a look.
"""
