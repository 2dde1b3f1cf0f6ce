"""The benchmarks: what the platform costs and bears, each figure beside its goal and its floor."""
