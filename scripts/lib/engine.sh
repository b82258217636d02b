# shellcheck shell=bash
# shellcheck disable=SC2034 # engine_why is for the caller.
# The Docker engine of the tests. Sourced, never run.

ENGINE_SECONDS_MAX=60

engine_answers() {
  docker version >/dev/null 2>&1
}

# Succeeds if a Docker engine answers; installs and starts one first, where that can be done. Else sets engine_why.
use_engine() {
  engine_answers && return
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    engine_why="no Docker engine answers, and only as root on Debian one is installed and started here"
    return 1
  fi
  install_engine || return 1
  engine_answers || start_engine
}

install_engine() {
  local packages=()
  command -v dockerd >/dev/null || packages+=(docker.io)
  command -v iptables >/dev/null || packages+=(iptables)
  command -v debootstrap >/dev/null || packages+=(debootstrap)
  ((${#packages[@]})) || return 0
  echo "Installing ${packages[*]} ..."
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
    "${packages[@]}"; } >/dev/null; then
    engine_why="Docker could not be installed, see above"
    return 1
  fi
}

# Starts dockerd, which end_engine ends.
start_engine() {
  local deadline=$((SECONDS + ENGINE_SECONDS_MAX))
  engine_log=$(mktemp)
  dockerd >"$engine_log" 2>&1 </dev/null &
  engine_pid=$!
  until engine_answers; do
    if ((SECONDS >= deadline)) || ! kill -0 "$engine_pid" 2>/dev/null; then
      engine_why="dockerd does not start: $(tail -n 1 "$engine_log")"
      end_engine
      return 1
    fi
    sleep 0.2
  done
}

# Ends the dockerd that start_engine started, if it did.
end_engine() {
  [[ -n ${engine_pid-} ]] || return 0
  kill "$engine_pid" 2>/dev/null || true
  wait "$engine_pid" 2>/dev/null || true
  rm -f "$engine_log"
  engine_pid=
}
