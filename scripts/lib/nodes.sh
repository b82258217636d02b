# shellcheck shell=bash
# The node processes of a local cluster. Sourced, never run, after build.sh; the caller sets CLUSTER_DATA, the cluster's
# folder, and NODES, their number; HTTP_PORT_BASE and RAFT_PORT_BASE too if node I shall not have the ports of
# scripts/cluster.
#
#   node-I/             data folder of node I
#   logs/node-I.log     what it said, start after start
#   run/node-I.pid      its process and when that was born, so that no other process of that number is taken for it
#   cluster.properties  how many nodes there are; marks the folder as a cluster's

READY_SECONDS_MAX=120
STOP_SECONDS_MAX=20

http_port() { echo $((${HTTP_PORT_BASE:-7700} + $1)); }
raft_port() { echo $((${RAFT_PORT_BASE:-7800} + $1)); }
node_data() { echo "$CLUSTER_DATA/node-$1"; }
node_log() { echo "$CLUSTER_DATA/logs/node-$1.log"; }
pid_file() { echo "$CLUSTER_DATA/run/node-$1.pid"; }

peers() {
  local i list=
  for ((i = 1; i <= NODES; i++)); do
    list+=,n$i=127.0.0.1:$(raft_port "$i")
  done
  echo "${list#,}"
}

# Prints the state (R, S, T, Z, …) and the birth of process $1; nothing if there is none.
process_state_and_birth() {
  local stat boot
  if [[ -r /proc/self/stat ]]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    read -ra stat <<<"${stat##*) }"
    read -r boot </proc/sys/kernel/random/boot_id
    # Field 22 of all, where the state is field 3: ticks from the start of the machine to that of the process.
    echo "${stat[0]} $boot-${stat[19]}"
  else
    ps -o state= -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '-' | sed 's/^-*\([A-Za-z]\)[^-]*-/\1 /' || true
  fi
}

# Sets pid and state to those of the process of node $1; fails if it does not run.
find_process() {
  local file birth now
  file=$(pid_file "$1")
  [[ -f $file ]] || return 1
  read -r pid birth <"$file" || return 1
  read -r state now <<<"$(process_state_and_birth "$pid")"
  [[ -n $now && $now == "$birth" && $state != [ZX]* ]]
}

is_running() {
  local pid state
  find_process "$1"
}

is_paused() {
  local pid state
  find_process "$1" && [[ $state == [Tt]* ]]
}

count_running() {
  local i count=0
  for ((i = 1; i <= NODES; i++)); do
    ! is_running "$i" || count=$((count + 1))
  done
  echo "$count"
}

# Sends signal $2 to node $1, if it runs.
send_signal() {
  local pid state
  ! find_process "$1" || kill "-$2" "$pid" 2>/dev/null || true
}

is_port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Prints by whom port $1 is taken, where that can be told.
port_user() {
  local user=
  if command -v ss >/dev/null; then
    user=$(ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1, process \2/p')
  elif command -v lsof >/dev/null; then
    user=$(lsof -nP -iTCP:"$1" -sTCP:LISTEN 2>/dev/null | awk 'NR == 2 { print $1 ", process " $2 }')
  fi
  [[ -z $user ]] || echo " by ${user%%$'\n'*}"
}

# Prints the body that GET http://127.0.0.1:$1$2 brings; fails if that is not answered with 200 within seconds.
http_get() (
  exec 2>/dev/null
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$2" >&3 || exit 1
  IFS= read -r -t 2 line <&3 || exit 1
  [[ $line == 'HTTP/1.1 200 '* ]] || exit 1
  while [[ $line != $'\r' ]]; do
    IFS= read -r -t 2 line <&3 || exit 1
  done
  IFS= read -r -t 2 -d '' line <&3 || true
  printf '%s\n' "$line"
)

is_ready() {
  http_get "$(http_port "$1")" /readyz >/dev/null
}

# Prints the role of node $1: what it says of itself, or how its process is.
node_role() {
  local role
  if ! is_running "$1"; then
    echo stopped
  elif is_paused "$1"; then
    echo paused
  else
    role=$(http_get "$(http_port "$1")" /v1/status | sed -n 's/.*"role":"\([a-z]*\)".*/\1/p' || true)
    echo "${role:-no answer}"
  fi
}

# Starts the process of node $1, and notes where in its log that begins.
launch() {
  local i=$1 log extra
  log=$(node_log "$i")
  read -ra extra <<<"$(jvm_quiet_options) ${LOCKGRID_NODE_OPTS-}"

  touch "$log"
  log_begins[i]=$(($(wc -c <"$log")))
  # In a process group of its own, so that Ctrl-C at a terminal does not reach it.
  set -m
  nohup java "${LOCKGRID_ARCHIVE[@]}" "$LOCKGRID_NODE_OPTIONS" -Xmx512m "${extra[@]+"${extra[@]}"}" \
    -jar "$LOCKGRID_JAR" node --id "n$i" --peers "$(peers)" --http-host 127.0.0.1 \
    --http-port "$(http_port "$i")" --data "$(node_data "$i")" </dev/null >>"$log" 2>&1 9>&- &
  local pid=$! state birth
  set +m
  disown "$pid"
  read -r state birth <<<"$(process_state_and_birth "$pid")"
  echo "$pid $birth" >"$(pid_file "$i")"
}

# Prints in a line why node $1, just launched, ended: what it said to a person, an error in its log, or the JVM's words.
last_words() {
  local said
  said=$(tail -c "+$((log_begins[$1] + 1))" "$(node_log "$1")")
  { grep -E '^lockgrid: |^Terminating due to ' <<<"$said" || grep ' ERROR ' <<<"$said" || head -n 1 <<<"$said"; } |
    tail -n 1 | sed 's/^lockgrid: //; s/^Terminating.*OutOfMemoryError.*/out of memory: LOCKGRID_NODE_OPTS=-Xmx2g gives more/'
}

# Waits until $1 (a test of one node) holds of all nodes that follow; says why not, and fails.
await_nodes() {
  local test=$1 i waiting deadline=$((SECONDS + READY_SECONDS_MAX))
  shift
  while true; do
    waiting=()
    for i; do
      if ! is_running "$i"; then
        complain "node n$i ended: $(last_words "$i") (log: $(node_log "$i"))"
        return 1
      fi
      "$test" "$i" || waiting+=("n$i")
    done
    ((${#waiting[@]})) || return 0
    if ((SECONDS >= deadline)); then
      complain "not ready after $READY_SECONDS_MAX s: ${waiting[*]} (logs: $CLUSTER_DATA/logs)"
      return 1
    fi
    sleep 0.1
  done
}

# Ends the nodes $@ by SIGTERM, and those that take too long by SIGKILL.
stop_nodes() {
  local i deadline=$((SECONDS + STOP_SECONDS_MAX))
  for i; do
    send_signal "$i" TERM
    send_signal "$i" CONT
  done
  for i; do
    while is_running "$i" && ((SECONDS < deadline)); do
      sleep 0.1
    done
    if is_running "$i"; then
      complain "node n$i did not stop within $STOP_SECONDS_MAX s: it is killed"
    fi
    kill_node "$i"
  done
}

# Ends node $1 by SIGKILL and waits until it is gone.
kill_node() {
  send_signal "$1" KILL
  local deadline=$((SECONDS + STOP_SECONDS_MAX))
  while is_running "$1"; do
    if ((SECONDS >= deadline)); then
      complain "node n$1 cannot be killed"
      return 1
    fi
    sleep 0.05
  done
  rm -f "$(pid_file "$1")"
}
