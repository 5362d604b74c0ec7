"""A directory of a test's own: slapd of Debian as an ordinary process on 127.0.0.1, with a certificate of a test authority.

    with Directory(folder) as directory:
        directory.add_person("claire", "claire@ville.example", "Claire Delmas", "un mot de passe")
        directory.add_group("rgpd-dpo", ["claire"])
"""
import shutil
import socket
import subprocess
import time
from pathlib import Path

from harness import free_port

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
BASE = "dc=ville,dc=example"
SEARCHER, SEARCHER_PASSWORD = f"cn=greffier,{BASE}", "le compte qui cherche"
ROOT, ROOT_PASSWORD = f"cn=root,{BASE}", "racine"

CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9.1 NAME 'adUser' SUP top AUXILIARY MAY userAccountControl )
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
pidfile {folder}/slapd.pid
argsfile {folder}/slapd.args
TLSCertificateFile {folder}/cert.pem
TLSCertificateKeyFile {folder}/key.pem
TLSCACertificateFile {folder}/ca.pem
TLSVerifyClient never
{more}
database mdb
suffix "{base}"
rootdn "{root}"
rootpw {root_password}
directory {folder}/db
{limits}
maxsize 10485760
overlay memberof
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{searcher}" read by * none
"""


def authority(folder):
    """A test authority, and a certificate of 127.0.0.1 by it."""
    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *curve, "-days", 30, "-subj", "/CN=Test authority", "-out", folder / "ca.pem", "-keyout", folder / "ca.key")
    openssl("req", *curve, "-subj", "/CN=annuaire.ville.test", "-out", folder / "cert.csr", "-keyout", folder / "key.pem")
    (folder / "cert.ext").write_text("subjectAltName=IP:127.0.0.1,DNS:annuaire.ville.test\n")
    openssl("x509", "-req", "-in", folder / "cert.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-CAcreateserial", "-days", 30, "-extfile", folder / "cert.ext", "-out", folder / "cert.pem")


class Directory:
    def __init__(self, folder, more="", limits=""):
        self.folder = Path(folder)
        (self.folder / "db").mkdir(parents=True)
        authority(self.folder)
        self.port, self.tls_port, self.process = free_port(), free_port(), None
        names = {"folder": self.folder, "base": BASE, "root": ROOT, "root_password": ROOT_PASSWORD, "searcher": SEARCHER, "more": more}
        (self.folder / "slapd.conf").write_text(CONFIGURATION.format(limits=limits, **names))
        self.start()
        self.add(f"dn: {BASE}\nobjectClass: domain\ndc: ville")
        for unit in ("people", "groups"):
            self.add(f"dn: ou={unit},{BASE}\nobjectClass: organizationalUnit\nou: {unit}")
        self.add(f"dn: {SEARCHER}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: greffier\nuserPassword: {SEARCHER_PASSWORD}")

    @property
    def url(self):
        return f"ldap://127.0.0.1:{self.port}"

    @property
    def tls_url(self):
        return f"ldaps://127.0.0.1:{self.tls_port}"

    @property
    def authority(self):
        return str(self.folder / "ca.pem")

    def start(self):
        self.process = subprocess.Popen([SLAPD, "-h", f"{self.url}/ {self.tls_url}/", "-f", str(self.folder / "slapd.conf"), "-d", "0"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            assert self.process.poll() is None, "slapd ended"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.tls_port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("slapd does not answer")

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        self.process = None

    def run(self, tool, ldif, *arguments):
        done = subprocess.run([tool, "-x", "-H", self.url, "-D", ROOT, "-w", ROOT_PASSWORD, *arguments], input=ldif, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr

    def add(self, ldif):
        self.run("ldapadd", ldif + "\n")

    def modify(self, ldif):
        self.run("ldapmodify", ldif + "\n")

    def dn(self, name):
        return f"uid={name},ou=people,{BASE}"

    def add_person(self, name, mail, full, password, unit="people", more=""):
        self.add(f"dn: uid={name},ou={unit},{BASE}\nobjectClass: inetOrgPerson\nobjectClass: adUser\nuid: {name}\ncn: {full}\nsn: {full.split()[-1]}\nmail: {mail}\nuserPassword: {password}\n{more}")

    def add_group(self, name, people):
        self.add(f"dn: cn={name},ou=groups,{BASE}\nobjectClass: groupOfNames\ncn: {name}\n" + "\n".join(f"member: {self.dn(person)}" for person in people))

    def remove_group(self, name):
        self.run("ldapdelete", "", f"cn={name},ou=groups,{BASE}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
