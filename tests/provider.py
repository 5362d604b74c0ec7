"""A small OpenID Connect provider for the tests, on 127.0.0.1: it conforms, until a test tells it not to.

    provider = Provider()
    provider.person = {"sub": "claire", "email": "claire@ville.example", "email_verified": True}
    provider.change = lambda claims: {**claims, "aud": "other"}      # of the next ID tokens
"""
import base64
import contextlib
import hashlib
import hmac
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils


def b64(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def number(value, size=None):
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


class Key:
    """A signing key, RSA or on the curve P-256."""

    def __init__(self, name, kind="RSA"):
        self.name, self.kind = name, kind
        self.private = rsa.generate_private_key(65537, 2048) if kind == "RSA" else ec.generate_private_key(ec.SECP256R1())
        self.algorithm = "RS256" if kind == "RSA" else "ES256"

    def public(self):
        numbers = self.private.public_key().public_numbers()
        if self.kind == "RSA":
            return {"kty": "RSA", "kid": self.name, "use": "sig", "alg": "RS256", "n": number(numbers.n), "e": number(numbers.e)}
        return {"kty": "EC", "kid": self.name, "use": "sig", "crv": "P-256", "x": number(numbers.x, 32), "y": number(numbers.y, 32)}

    def pem(self):
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def sign(self, message):
        if self.kind == "RSA":
            return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        r, s = utils.decode_dss_signature(self.private.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def token(claims, key, head=None, sign=None):
    head = {"alg": key.algorithm, "kid": key.name, "typ": "JWT", **(head or {})}
    head = {name: value for name, value in head.items() if value is not None}
    message = b64(json.dumps(head).encode()) + "." + b64(json.dumps(claims).encode())
    return message + "." + b64((sign or key.sign)(message.encode()))


class Provider:
    def __init__(self, client="greffier", secret="s3cret:+/ é", kind="RSA", clock=None):
        self.client, self.secret, self.clock = client, secret, clock or time.time
        self.keys = [Key("first", kind)]
        self.person = {"sub": "248289761001", "email": "claire@ville.example", "email_verified": True, "name": "Claire Delmas"}
        self.change = lambda claims: claims            # what the ID token says
        self.make = None                               # claims -> the token itself, whatever it is
        self.describe = lambda said: said              # the description
        self.proofs = ("basic",)                       # how clients may show their secret
        self.signed_userinfo, self.userinfo = False, None   # userinfo: claims over those of the person
        self.answers = {}                              # path -> function(handler): in the place of the usual answer
        self.asked, self.seen, self.codes, self.access = [], [], {}, {}
        self.auth_time, self.extra, self.iss_in_answer = None, {}, False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.issuer = self.address

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def description(self):
        return self.describe({
            "issuer": self.issuer, "authorization_endpoint": self.address + "/authorize", "token_endpoint": self.address + "/token", "jwks_uri": self.address + "/keys",
            "userinfo_endpoint": self.address + "/userinfo", "end_session_endpoint": self.address + "/end", "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"], "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_" + proof for proof in self.proofs]})

    def consent(self, query):
        """The person says yes: where the browser goes next. What people see of a provider is none of ours."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        self.asked.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        fields = {"code": code, "state": asked["state"]}
        if self.iss_in_answer:
            fields["iss"] = self.issuer
        return asked["redirect_uri"] + "?" + urlencode(fields)

    def id_token(self, asked, access):
        now = int(self.clock())
        claims = {"iss": self.issuer, "aud": self.client, "sub": self.person["sub"], "iat": now, "exp": now + 300, "nonce": asked.get("nonce"),
                  "auth_time": int(self.auth_time if self.auth_time is not None else now), "sid": "session-1",
                  "at_hash": b64(hashlib.sha256(access.encode()).digest()[:16]), **self.extra}
        claims = {name: value for name, value in self.change(claims).items() if value is not None}
        return self.make(claims) if self.make else token(claims, self.keys[-1])

    def logout_token(self, **claims):
        now = int(self.clock())
        said = {"iss": self.issuer, "aud": self.client, "sub": self.person["sub"], "iat": now, "exp": now + 120, "jti": secrets.token_urlsafe(8), "sid": "session-1",
                "events": {"http://schemas.openid.net/event/backchannel-logout": {}}, **claims}
        return token({name: value for name, value in said.items() if value is not None}, self.keys[-1], {"typ": "logout+jwt"})

    def is_client(self, headers, form):
        if form.get("client_id") is not None:
            return "post" in self.proofs and (form["client_id"], form.get("client_secret")) == (self.client, self.secret)
        kind, _, given = headers.get("Authorization", "").partition(" ")
        if kind != "Basic" or "basic" not in self.proofs:
            return False
        name, _, secret = base64.b64decode(given).decode().partition(":")
        return (unquote(name), unquote(secret)) == (self.client, self.secret)

    def exchange(self, headers, form):
        if not self.is_client(headers, form):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code"), None)   # once
        if form.get("grant_type") != "authorization_code" or asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        if asked.get("code_challenge_method") != "S256" or b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest()) != asked.get("code_challenge"):
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(24)
        self.access[access] = asked
        return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": self.id_token(asked, access)}

    def handler(provider):   # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def give(self, status, content, kind="application/json", headers=()):
                body = content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            def do_GET(self):
                parts = urlsplit(self.path)
                provider.seen.append("GET " + parts.path)
                if parts.path in provider.answers:
                    provider.answers[parts.path](self)
                elif parts.path.endswith("/.well-known/openid-configuration"):
                    self.give(200, provider.description())
                elif parts.path == "/keys":
                    self.give(200, {"keys": [key.public() for key in provider.keys]})
                elif parts.path == "/authorize":
                    self.give(302, "", headers=[("Location", provider.consent(parts.query))])
                elif parts.path == "/userinfo":
                    if self.headers.get("Authorization", "").removeprefix("Bearer ") not in provider.access:
                        return self.give(401, {"error": "invalid_token"})
                    said = {**provider.person, **(provider.userinfo or {})}
                    if provider.signed_userinfo:
                        self.give(200, token({"iss": provider.issuer, "aud": provider.client, **said}, provider.keys[-1]), "application/jwt")
                    else:
                        self.give(200, said)
                elif parts.path == "/end":
                    self.give(200, "<h1>Signed out there</h1>", "text/html")
                else:
                    self.give(404, {"error": "not_found"})

            def do_POST(self):
                provider.seen.append("POST " + self.path)
                content = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
                if self.path in provider.answers:
                    return provider.answers[self.path](self)
                form = {name: values[0] for name, values in parse_qs(content).items()}
                status, said = provider.exchange(self.headers, form)
                self.give(status, said)
        return Handler

    # ---- hostile tokens

    def unsigned(self, claims):
        return b64(json.dumps({"alg": "none", "typ": "JWT"}).encode()) + "." + b64(json.dumps(claims).encode()) + "."

    def by_public_key_as_secret(self, claims):
        """HS256 with the public key, which everybody has, as the secret."""
        return token(claims, self.keys[-1], {"alg": "HS256"}, lambda message: hmac.new(self.keys[-1].pem(), message, hashlib.sha256).digest())


if __name__ == "__main__":   # for the tests in a browser: says where it is, and ends with its standard input
    import sys
    with Provider() as running:
        print(json.dumps({"address": running.address, "client": running.client, "secret": running.secret}), flush=True)
        sys.stdin.read()
