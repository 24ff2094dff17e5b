#!/bin/sh
# Puts a charge point's outputs into their safe state when no process of ours is there to do it: systemd runs this before
# a slave starts and after it has ended, however it ended (ExecStartPre=, ExecStopPost=). What the outputs are and which
# level is safe stands in the safe file, contactor first. Every output is tried, whatever became of the one before.
#
#   safe-state.sh SAFE_FILE        exit code 0: every output was read back and is safe
#
# Builtins of a POSIX shell alone: this has to work when little else does. Nothing in here waits. What went wrong is said
# after the last output: a journal that takes no more lines must not come before a contactor.
set -f
IFS=' 	'
# Half done is worse than a second late, and systemd has a time-out of its own.
trap '' HUP INT TERM PIPE

safe_file=${1:-}
sysfs=${SYSFS:-/sys}
case $sysfs in /*) ;; *) sysfs=$PWD/$sysfs ;; esac
cr=$(printf '\r')
said=''
faults=0
number=0
outputs=0
is_headed=no
# Far above any board, and an end to a file that is none.
MOST_LINES=10000
# 1 kHz, the control pilot's (IEC 61851-1 Annex A): only for an output that was never given a period.
PILOT_PERIOD_ns=1000000

fail() {
  faults=$((faults + 1))
  said="${said}safe-state: $safe_file: line $number: $1
"
}

# By somebody's malice the safe file may be any file of this computer: what is no plain word is not repeated.
set_shown() {
  case $1 in
    '' | *[!A-Za-z0-9_.:,@+\|-]*) shown='(no plain word)' ;;
    *) shown=$1 ;;
  esac
}

# As sysfs writes a count. A leading zero would be octal to some shells.
is_count() {
  case $1 in
    '' | *[!0-9]* | 0?* | ??????????*) return 1 ;;
    *) return 0 ;;
  esac
}

# content FILE: `got` is its first line. Only of a plain file, for anything else could keep us waiting.
content() {
  got=''
  [ -f "$1" ] || return 1
  { IFS= read -r got <"$1" || [ -n "$got" ]; } 2>/dev/null
}

reads() {
  content "$1" && [ "$got" = "$2" ]
}

# put WORD FILE: an attribute of sysfs takes a word by one write(2), and refuses by its error.
put() {
  [ -f "$2" ] && { echo "$1" >"$2"; } 2>/dev/null
}

# first_of 'A|B' FINDER: runs FINDER with A, then with B, until one is found.
first_of() {
  others=$1
  while :; do
    "$2" "${others%%|*}" && return 0
    case $others in *\|*) others=${others#*|} ;; *) return 1 ;; esac
  done
}

find_gpio_chip() {
  set +f
  for chip in "$sysfs"/class/gpio/gpiochip*; do
    set -f
    reads "$chip/label" "$1" || continue
    content "$chip/base" && is_count "$got" || continue
    base=$got
    content "$chip/ngpio" && is_count "$got" || continue
    lines=$got
    return 0
  done
  set -f
  return 1
}

# By the name of the device behind it: the chips' numbers move from kernel to kernel.
find_pwm_chip() {
  set +f
  for chip in "$sysfs"/class/pwm/pwmchip*; do
    set -f
    cd -P "$chip/device" 2>/dev/null || continue
    device=${PWD##*/}
    cd /
    [ "$device" = "$1" ] && return 0
  done
  set -f
  return 1
}

# `low` and `high` set direction and level in one write, so that the line passes through nothing else; the level is the
# line's own, while `value` is turned round by active_low.
drive_gpio() {
  line=$1
  level=$2
  put "$level" "$line/direction"
  case $level in low) value=0 ;; *) value=1 ;; esac
  if reads "$line/active_low" 1; then value=$((1 - value)); fi
  # A line that cannot change its direction takes its level only so.
  reads "$line/value" "$value" || put "$value" "$line/value"
  reads "$line/value" "$value" || return 1
  [ ! -f "$line/direction" ] || reads "$line/direction" out
}

gpio() {
  set_shown "$1"
  name="gpio $shown"
  is_count "$2" || { fail "$name: the offset is no count"; return; }
  name="$name $2"
  case $3 in 0) level=low ;; 1) level=high ;; *) fail "$name: the level is neither 0 nor 1"; return ;; esac
  first_of "$1" find_gpio_chip || { fail "$name: no chip has this label"; return; }
  [ "$2" -lt "$lines" ] || { fail "$name: the chip has $lines lines"; return; }
  line=$sysfs/class/gpio/gpio$((base + $2))
  [ -d "$line" ] || put "$((base + $2))" "$sysfs/class/gpio/export"
  [ -d "$line" ] || { fail "$name: cannot be exported; a driver or another process may hold it"; return; }
  drive_gpio "$line" "$level" || fail "$name: is not $level, its value reads \"$got\""
}

drive_pwm() {
  output=$1
  case $2 in
    off) put 0 "$output/enable" ;;
    *)
      [ "$2" = full ] || put 0 "$output/duty_cycle"
      reads "$output/period" 0 && put "$PILOT_PERIOD_ns" "$output/period"
      content "$output/period"
      duty=$got
      [ "$2" = full ] || duty=0
      put "$duty" "$output/duty_cycle"
      put 1 "$output/enable"
      ;;
  esac
  case $2 in
    off) reads "$output/enable" 0 ;;
    *) is_count "$duty" && reads "$output/duty_cycle" "$duty" && reads "$output/enable" 1 ;;
  esac
}

pwm() {
  set_shown "$1"
  name="pwm $shown"
  is_count "$2" || { fail "$name: the channel is no count"; return; }
  name="$name $2"
  case $3 in zero | full | off) ;; *) fail "$name: is to be neither zero, full nor off"; return ;; esac
  first_of "$1" find_pwm_chip || { fail "$name: no chip is of this device"; return; }
  [ -d "$chip/pwm$2" ] || put "$2" "$chip/export"
  [ -d "$chip/pwm$2" ] || { fail "$name: cannot be exported; the chip may not have this channel"; return; }
  drive_pwm "$chip/pwm$2" "$3" || fail "$name: is not $3, it reads \"$got\""
}

# What is wrong of one line costs that line alone.
do_line() {
  case $# in 0) return ;; esac
  case "$is_headed $*" in 'no fairamp-safe 1') is_headed=yes; return ;; esac
  if [ "$is_headed" = no ]; then
    is_headed=yes
    fail 'the first line must be "fairamp-safe 1"'
  fi
  case $1 in
    gpio | pwm)
      outputs=$((outputs + 1))
      if [ $# -eq 4 ]; then "$@"; else fail "$1: $# words, and an output has 4"; fi
      ;;
    *)
      set_shown "$1"
      fail "$shown: no such output; there are gpio and pwm"
      ;;
  esac
}

do_file() {
  while IFS= read -r text || [ -n "$text" ]; do
    number=$((number + 1))
    if [ "$number" -gt "$MOST_LINES" ]; then
      fail "more than $MOST_LINES lines"
      return
    fi
    text=${text%"$cr"}
    # Splits at blanks; set -f keeps a * a *.
    do_line ${text%%#*}
  done
}

if [ -z "$safe_file" ]; then
  echo 'usage: safe-state.sh SAFE_FILE' >&2
  exit 2
fi
# Followed as root, a link of the slave's user could lead anywhere.
if [ -h "$safe_file" ] || [ ! -f "$safe_file" ]; then
  fail 'there is no such file'
elif [ ! -r "$safe_file" ]; then
  fail 'cannot be read'
else
  do_file <"$safe_file"
  [ "$outputs" -gt 0 ] || fail 'names no output'
fi
if [ "$faults" -gt 0 ]; then
  printf '%s' "$said" >&2
  exit 1
fi
echo "safe-state: $outputs outputs are safe" || :
exit 0
