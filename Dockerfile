# istcheck in a container: docker build -t istcheck . && docker run --rm -v "$PWD:/work" istcheck verify
# tests/package runs these commands without Docker.
FROM debian:12 AS build
WORKDIR /istcheck
COPY . .
RUN scripts/install.sh
RUN scripts/package.sh

FROM debian:12-slim
COPY --from=build /istcheck/build/package/istcheck_*.deb /tmp/istcheck.deb
RUN apt-get update -qq
RUN apt-get install -y -qq --no-install-recommends /tmp/istcheck.deb
RUN rm -rf /tmp/istcheck.deb /var/lib/apt/lists
WORKDIR /work
ENTRYPOINT ["istcheck"]
CMD ["--help"]
