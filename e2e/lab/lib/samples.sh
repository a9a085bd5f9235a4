# Sample stacks: something for every screen of a swarm console, in stacks/*.yml, plus what
# takes more than a stack file: jobs, bad updates, a secret that nobody uses.

cmd_samples() {
  load
  local node stack db_node size PAUSE=0.4
  node=$(any_manager) || exit
  db_node=$(nodes | grep -m 1 '^w' || echo m1)
  size=$(nodes | wc -l)
  has_images || cmd_image >/dev/null || exit

  for stack in shop data ops trouble; do
    SKEP_LAB_DB_NODE=$db_node run stack deploy -c "$HERE/stacks/$stack.yml" "$stack"
  done
  known secret legacy_api_token || run secret create legacy_api_token - <<<dummy-token
  known service migrate || run service create --detach --name migrate \
    --mode replicated-job --replicas 2 "$REGISTRY/demo/job:v1"
  known service cleanup || run service create --detach --name cleanup \
    --mode global-job "$REGISTRY/demo/job:v1"

  update shop_api v2
  update trouble_checkout v9
  update trouble_catalog v9

  expect shop_web '3 replicas, with a health check' "$(running 3)"
  expect shop_cache '1 replica' "$(running 1)"
  expect shop_api '2 replicas, updated from v1 to v2' \
    "$(running 2) and .service.UpdateStatus.State == \"completed\""
  expect data_db "1 replica, pinned to $db_node, local volume" "$(running 1)"
  expect data_search '1 replica, local volume, not pinned' "$(running 1)"
  expect ops_agent "global, on $size node(s)" "$(running "$size")"
  expect ops_gateway '2 replicas, log a lot' "$(running 2)"
  expect migrate 'job, complete' "$(complete 2)"
  expect cleanup 'global job, complete' "$(complete "$size")"
  expect trouble_mailer 'crashes again and again' \
    '[.tasks[] | select(.Status.State == "failed")] | length > 1'
  expect trouble_renderer 'pending: no node fits' \
    '.tasks | any(.Status.Err // "" | startswith("no suitable node"))'
  expect trouble_checkout 'update paused, one replica left' \
    '.service.UpdateStatus.State == "paused"'
  expect trouble_catalog 'update rolled back' \
    "$(running 2) and .service.UpdateStatus.State == \"rollback_completed\""
  expect trouble_nightly 'scaled to zero' "$(running 0)"
}

has_images() { # `idle` is the last one that `lab image` pushes
  in_net switch curl -fs "http://$(ip_of switch):5000/v2/demo/idle/manifests/v1" >/dev/null
}

run() { # DOCKER-ARGS...: quiet, unless it fails
  local said && said=$(docker_on "$node" "$@" 2>&1) || die "docker $*: $said"
}
known() { docker_on "$node" "$1" inspect "$2" >/dev/null 2>&1; } # KIND NAME

update() { # SERVICE TAG: once it runs, so that there is something to update
  wait_for 60 holds "$1" "$(running 2)" || die "$1 does not run"
  run service update --quiet --detach --image "$REGISTRY/demo/web:$2" "$1"
}

# A service as a condition sees it: {service, tasks}.
facts() { # SERVICE
  {
    api "$node" -fG -d status=true http://d/services
    api "$node" -fG --data-urlencode "filters={\"service\":[\"$1\"]}" http://d/tasks
  } | jq -s --arg name "$1" '{service: .[0][] | select(.Spec.Name == $name), tasks: .[1]}'
}
holds() { facts "$1" | jq -e "$2"; } # SERVICE CONDITION

running() { echo ".service.ServiceStatus.RunningTasks == $1"; }
complete() { echo "[.tasks[] | select(.Status.State == \"complete\")] | length == $1"; }

expect() { # SERVICE WHAT CONDITION: wait until it holds, then say so
  wait_for 90 holds "$1" "$3" || die "$1 is not as expected ($2); its tasks: $(
    facts "$1" | jq -c '[.tasks[].Status | .State + " " + (.Err // .Message)] | unique')"
  printf '%-18s %s\n' "$1" "$2"
}
