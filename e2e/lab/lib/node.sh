# Nodes: m1..mM start as managers, w1..wW as workers. Power on, off, and their state.

load() {
  [ -f "$DIR/config" ] || die "no lab in $DIR: run 'lab up' first"
  . "$DIR/config"
}

nodes() { ls "$DIR/nodes" 2>/dev/null | sort -V; }
managers() { nodes | grep '^m'; }
must_be_node() {
  [ -n "${1:-}" ] && [ -d "$DIR/nodes/$1" ] ||
    die "no node '${1:-}' (have: $(nodes | xargs))"
}

lab_id() { cat "$DIR/id"; }
docker_socket() { echo "$DIR/nodes/$1/docker.sock"; }
control_socket() { echo "$DIR/nodes/$1/control.sock"; }

holder() { # NODE|switch -> pid of the process that holds its namespaces
  case $1 in
    switch) pid_of "$DIR/switch.pid" ;;
    *) pid_of "$DIR/nodes/$1/pid" ;;
  esac
}

# Start a node's dockerd; does not wait for it to answer.
boot_node() { # NODE
  local node=$1 dir=$DIR/nodes/$1 outer inner
  holder "$node" >/dev/null && return
  clean_cgroups "$node"
  rm -f "$dir/docker.sock" "$dir/plugged"
  PATH=$(engine_path "$(cat "$dir/engine")") \
    setsid unshare --net --pid --fork --kill-child --mount --uts --propagation private \
    --mount-proc /bin/sh "$HERE/node-init" \
    "$node" "$dir" "$(ip_of "$node")" "$(lab_id)" "$NET" "$TLS" \
    </dev/null >>"$dir/log" 2>&1 9>&- &
  outer=$!
  # Until its child is known the node is held by `unshare` itself (--kill-child), so
  # that `down` finds it even if this command is interrupted here.
  remember "$dir/pid" "$outer"
  wait_for 5 init_of "$outer" || die "$node did not start: see $dir/log"
  inner=$(init_of "$outer")
  remember "$dir/pid" "$inner" || die "$node died at once: see $dir/log"
  # Without a cable it is off again, so that the next start begins anew.
  (plug "$node" "$inner") || { end_process "$dir/pid" KILL 15; exit 1; }
  # The node's /run is its own; through its root it can be reached from outside. The
  # socket appears with the swarm, on managers only.
  ln -sfn "/proc/$inner/root/run/docker/swarm/control.sock" "$(control_socket "$node")"
  touch "$dir/plugged"
}

# The first process of the namespaces that an `unshare` made. It must have become `sh`:
# before that it is a fork of unshare, on its way in.
init_of() { # PID
  local child=
  read -r child 2>/dev/null <"/proc/$1/task/$1/children"
  grep -qsx sh "/proc/${child%% *}/comm" && echo "${child%% *}"
}

ready() { api "$1" -f -m 3 http://d/_ping; }
await_node() {
  wait_for 60 ready "$1" || die "$1's dockerd does not answer: see $DIR/nodes/$1/log"
}

# SIGTERM lets node-init stop dockerd, which stops its containers first. SIGKILL to the
# first process of a PID namespace ends all of it: a power cut.
halt_node() { # graceful|crash NODE
  local dir=$DIR/nodes/$2
  if [ "$1" = graceful ]; then
    end_process "$dir/pid" TERM 30 || say "$2 did not stop in 30 s: pulling the plug"
  fi
  end_process "$dir/pid" KILL 15 || die "$2 cannot be killed"
  rm -f "$(control_socket "$2")"
  clean_cgroups "$2"
}

# Remove the empty cgroups that containers leave, under cgroup v1 (one tree for each
# controller) and v2 (one tree). The kernel may take a moment to call them empty.
clean_cgroups() { # [NODE]
  local id tree i && id=$(lab_id 2>/dev/null) || return 0
  for tree in /sys/fs/cgroup{,/*}/"$id"${1:+/$1}; do
    for ((i = 0; i < 10; i++)); do
      [ -d "$tree" ] || break
      find "$tree" -depth -type d -exec rmdir {} + 2>/dev/null
      [ ! -d "$tree" ] || sleep 0.1
    done
  done
}

each_node() { # "FUNCTION ARGS" NODE...
  local action=$1 node && shift
  load
  for node in "${@:-}"; do must_be_node "$node"; done
  for node in "$@"; do $action "$node" || return; done
}

cmd_kill() { each_node 'halt_node crash' "$@"; }
cmd_stop() { each_node 'halt_node graceful' "$@"; }
cmd_start() { each_node boot_node "$@" && each_node await_node "$@"; }

cmd_in() { # NODE|switch COMMAND...
  load
  local pid spaces=(-n -p -m -u -r --wd=/)
  pid=$(holder "$1") || die "$1 is not running"
  [ "$1" != switch ] || spaces=(-n)
  exec nsenter -t "$pid" "${spaces[@]}" -- "${@:2}"
}

cmd_status() {
  load
  local node pid
  row NODE IP ENGINE POWER CABLE RSS_MiB PROCS SWARM
  for node in $(nodes); do
    set -- "$node" "$(ip_of "$node")" "$(cat "$DIR/nodes/$node/engine")"
    if pid=$(holder "$node"); then
      set -- "$@" on "$(is_plugged "$node" && echo in || echo CUT)" $(memory "$pid")
      row "$@" "$(swarm_state "$node")"
    else
      row "$@" off - - - -
    fi
  done
  pid_of "$DIR/registry.pid" >/dev/null && set -- on || set -- off
  row switch "$(ip_of switch)" - "$(holder switch >/dev/null && echo on || echo off)" \
    - - - "registry $1"
}
row() { printf '%-6s %-12s %-7s %-6s %-6s %8s %6s %s\n' "$@"; }

memory() { # PID -> "MiB COUNT" of all processes in its PID namespace
  local space process sum=0 count=0 kib
  space=$(readlink "/proc/$1/ns/pid")
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/ns/pid" 2>/dev/null)" = "$space" ] ||
      [ "$(readlink "$process/ns/pid_for_children" 2>/dev/null)" = "$space" ] || continue
    kib=$(awk '/^VmRSS/ {print $2}' "$process/status" 2>/dev/null)
    sum=$((sum + ${kib:-0})) count=$((count + 1))
  done
  echo "$((sum / 1024)) $count"
}
