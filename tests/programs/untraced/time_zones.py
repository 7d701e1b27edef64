"""Local time by rules that the program gives itself."""

import posix
import time


def zone(rules):
    posix.putenv("TZ", rules)
    time.tzset()
    print(rules, time.timezone, time.altzone, time.daylight, time.tzname)


def moments(*all):
    for seconds in all:
        moment = time.localtime(seconds)
        print(time.strftime("%F %T %Z %z %s", moment), moment.tm_isdst, moment.tm_gmtoff, time.ctime(seconds))


def back(*fields):
    for is_dst in 0, 1, -1:
        moment = fields + (0, 0, is_dst)
        print(fields, is_dst, time.mktime(moment), time.strftime("%Z %z %s", moment), end="; ")
    print()


for rules in "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "<+0330>-3:30", "AEST-10AEDT,M10.1.0,M4.1.0/3", "EST5EDT,M3.2.0,M11.1.0":
    zone(rules)
    moments(0, 1_000_000_000, 1_711_846_799, 1_711_846_800, 1_729_990_799, 1_729_990_800, 1_720_000_000, 10**11)
    back(2024, 1, 1, 0, 0, 0)
    back(2024, 7, 1, 12, 30, 0)
    print(time.mktime((2024, 14, 35, 23, 3, -4, 0, 0, -1)))
    back(1970, 12, 31, 23, 59, 59)
    back(2024, 3, 31, 4, 30, 0)
    back(2024, 10, 27, 3, 30, 0)
posix.unsetenv("TZ")
try:
    posix.putenv("a=b", "c")
except ValueError as error:
    print(error)
