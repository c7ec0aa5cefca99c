"""The engines, one file each: a plan becomes something that maps rows to outputs."""
