# Talking, waiting, and processes that are known by pid and start time, never by name.

say() { printf '%s\n' "$*" >&2; }
die() { say "lab: $*" && exit 1; }

wait_for() { # SECONDS COMMAND...: poll until the command succeeds
  local end=$((SECONDS + $1 + 1))
  until "${@:2}" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return
    sleep "${PAUSE:-0.1}"
  done
}

# The start time (field 22 of stat, in clock ticks) of a living process. The second
# field is the name and may hold anything, so count from behind its bracket.
start_time() { # PID
  local stat && stat=$(cat "/proc/$1/stat" 2>/dev/null) || return
  set -- ${stat##*) }
  [ "$1" != Z ] && echo "${20}"
}

# A pid file holds "PID STARTTIME". Both must match, so a recycled pid is never ours.
remember() { # FILE PID
  local born && born=$(start_time "$2") && echo "$2 $born" >"$1"
}

pid_of() { # FILE -> the pid, if that very process is still alive
  local pid='' born=''
  read -r pid born 2>/dev/null <"$1" || return
  [ "$(start_time "$pid")" = "$born" ] && echo "$pid"
}

end_process() { # FILE SIGNAL SECONDS: signal it, wait until it has gone
  local pid i
  pid=$(pid_of "$1") && kill "-$2" "$pid" 2>/dev/null
  for ((i = 0; i < $3 * 20; i++)); do
    pid_of "$1" >/dev/null || { rm -f "$1" && return; }
    sleep 0.05
  done
  return 1
}
