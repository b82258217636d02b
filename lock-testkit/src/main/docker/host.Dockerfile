# A host of ContainerCluster: what holds the network of a node, and drops packets in it, while the node comes and goes.
ARG BASE=debian:12-slim
FROM ${BASE}
RUN apt-get update && apt-get install --yes --no-install-recommends iptables && rm -rf /var/lib/apt/lists/*
CMD ["sleep", "infinity"]
