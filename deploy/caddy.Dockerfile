# Caddy with the DNS module that wildcard certificates need, here Cloudflare's.
FROM caddy:2.10-builder AS built
RUN xcaddy build --with github.com/caddy-dns/cloudflare

FROM caddy:2.10
COPY --from=built /usr/bin/caddy /usr/bin/caddy
