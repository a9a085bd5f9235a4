# The demo images: one busybox root filesystem, several commands and health checks.

cmd_image() {
  load
  local node version probe='HEALTHCHECK --interval=1s --timeout=2s --retries=2'
  local asks="CMD wget -q -O /dev/null http://127.0.0.1:80/"
  node=$(any_manager) || exit
  make_rootfs "$DIR/rootfs"

  for version in v1 v2 v3; do
    push "web:$version" serve "LABEL org.opencontainers.image.version=$version"
  done
  push web:crash crash
  push web:stubborn stubborn
  push web:healthy serve "$probe $asks"
  push web:slow serve 'ENV WARMUP=10' "$probe --start-period=30s $asks"
  push web:unhealthy serve 'ENV EXIT_ON_TERM=143' \
    "$probe CMD echo the check says no; exit 1"
  push web:chatty chatty
  push store:v1 store
  push job:v1 job
  push idle:v1 idle
  rm -rf --one-file-system "$DIR/rootfs"
}

make_rootfs() { # FOLDER
  rm -rf --one-file-system "$1"
  mkdir -p "$1"/{bin,etc,tmp,www,proc,sys,dev,data}
  cp "$(command -v busybox)" "$1/bin/busybox"
  chroot "$1" /bin/busybox --install -s /bin
  echo root:x:0:0:root:/:/bin/sh >"$1/etc/passwd"
  install -m 755 "$HERE/demo-app" "$1/bin/demo-app"
}

# The archive is the same each time, so all images share one layer.
push() { # NAME:TAG BEHAVIOUR CHANGE...
  local image=$REGISTRY/demo/$1 change changes=()
  for change in "ENV VERSION=${1#*:}" "CMD [\"/bin/demo-app\", \"$2\"]" "${@:3}"; do
    changes+=(--change "$change")
  done
  tar -C "$DIR/rootfs" --owner=0 --group=0 --numeric-owner --sort=name --mtime=@0 -c . |
    docker_on "$node" import "${changes[@]}" - "$image" >/dev/null ||
    die "import of $image failed"
  docker_on "$node" push -q "$image" || die "push of $image failed"
}
