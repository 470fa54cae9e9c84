#!/usr/bin/env bash
# Builds the programs of a real Kubernetes control plane from source, as far as they are missing, and prints their folder
# as the last line. Needs bash, Go 1.26 and a Go module proxy. The versions are those of go/*/go.mod.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)

version() { # MODULE FOLDER: the version that FOLDER/go.mod requires, without its v
  sed -nE "s#^(require)?[[:space:]]*$1 v([^ ]+).*#\2#p" "$here/go/$2/go.mod" | head -n 1
}
kubernetes=$(version k8s.io/kubernetes kubernetes)
etcd=$(version go.etcd.io/etcd/server/v3 etcd)
kwok=$(version sigs.k8s.io/kwok kwok)
bin="$root/.live/bin-kubernetes-$kubernetes-etcd-$etcd-kwok-$kwok"
mkdir -p "$bin"

build() { # PROGRAM FOLDER PACKAGE [LDFLAGS]
  [[ -x "$bin/$1" ]] && return
  echo "building $1 …" >&2
  local from=$SECONDS
  # Two cores at most, no C compiler, and never a half-written program under its final name.
  (cd "$here/go/$2" && GOWORK=off GOFLAGS='' GOMAXPROCS=2 CGO_ENABLED=0 nice -n 10 \
    go build -p 2 -trimpath -buildvcs=false -ldflags "-s -w ${4-}" -o "$bin/.$1.$$" "$3") >&2
  mv "$bin/.$1.$$" "$bin/$1"
  echo "built $1 in $((SECONDS - from)) s" >&2
}

# Without these flags the server calls itself v0.0.0, and clients complain.
stamp='k8s.io/component-base/version'
IFS=. read -r major minor _ <<<"$kubernetes"
stamped="-X $stamp.gitVersion=v$kubernetes -X $stamp.gitMajor=$major -X $stamp.gitMinor=$minor"

all=(etcd kube-apiserver kubectl kube-controller-manager kube-scheduler kwok)
given=()
if [[ -n "${KUBEBUILDER_ASSETS-}" ]]; then
  assets=$(cd "$KUBEBUILDER_ASSETS" && pwd) || assets=
  if [[ -n "$assets" && -x "$assets/etcd" && -x "$assets/kube-apiserver" && -x "$assets/kubectl" ]]; then
    given=(etcd kube-apiserver kubectl)
  else
    echo "KUBEBUILDER_ASSETS ($KUBEBUILDER_ASSETS) lacks etcd, kube-apiserver or kubectl: building them" >&2
  fi
fi

# Two builds at once would only be twice as slow: the second waits and finds everything there.
if command -v flock >/dev/null; then
  exec 9>"$bin/.lock"
  flock 9
fi
if ((${#given[@]} == 0)); then
  build etcd etcd go.etcd.io/etcd/server/v3
  build kube-apiserver kubernetes k8s.io/kubernetes/cmd/kube-apiserver "$stamped"
  build kubectl kubernetes k8s.io/kubernetes/cmd/kubectl "$stamped"
fi
build kube-controller-manager kubernetes k8s.io/kubernetes/cmd/kube-controller-manager "$stamped"
build kube-scheduler kubernetes k8s.io/kubernetes/cmd/kube-scheduler "$stamped"
build kwok kwok sigs.k8s.io/kwok/cmd/kwok

if ((${#given[@]} == 0)); then
  echo "$bin"
  exit
fi
# The given programs and ours side by side, as links, so that callers see one folder either way.
linked="$bin-with-assets"
mkdir -p "$linked"
for program in "${all[@]}"; do ln -sfn "$bin/$program" "$linked/$program"; done
for program in "${given[@]}"; do ln -sfn "$assets/$program" "$linked/$program"; done
echo "$linked"
