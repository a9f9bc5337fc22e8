"""Makes the domain that the tests ask, in the folder given: by Samba's own library, for what samba-tool asks of the
file system (ownership, extended attributes) only its file server needs."""

import logging
import sys

from samba import dsdb
from samba.auth import system_session
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.param import LoadParm
from samba.provision import provision
from samba.samdb import SamDB
from samba.sd_utils import SDUtils

folder = sys.argv[1]
OLD = "Old-Harbor-42-old"
SERVICE_PASSWORD = "Service-passphrase-1"

settings = LoadParm()
settings.load(f"{folder}/etc/smb.conf")
logging.getLogger().setLevel(logging.ERROR)
made = provision(
    logging.getLogger(),
    system_session(),
    smbconf=settings.configfile,
    targetdir=folder,
    realm="EXAMPLE.TEST",
    domain="EXAMPLE",
    hostname="dc1",
    hostip="127.0.0.1",
    adminpass="Admin-passphrase-1",
    serverrole="active directory domain controller",
    dns_backend="NONE",
    dom_for_fun_level=dsdb.DS_DOMAIN_FUNCTION_2008_R2,
    skip_sysvolacl=True,
    lp=settings,
)
base = made.names.domaindn
sam = SamDB(url=f"{folder}/private/sam.ldb", session_info=system_session(), lp=settings)

# The domain's policy. The age would refuse every new password of today, were a reset held to it.
HOUR = 36_000_000_000
sam.modify_ldif(f"""dn: {base}
changetype: modify
replace: minPwdLength
minPwdLength: 12
-
replace: pwdHistoryLength
pwdHistoryLength: 3
-
replace: minPwdAge
minPwdAge: {-24 * HOUR}
-
replace: pwdProperties
pwdProperties: 1
-
replace: lockoutThreshold
lockoutThreshold: 3
""")

for unit in ["people", "groups", "services"]:
    sam.add({"dn": f"OU={unit},{base}", "objectClass": "organizationalUnit"})


def person(name, where="OU=people", **more):
    sam.newuser(name, more.pop("password", OLD), userou=where, **more)


for name in ["bob", "carol", "dora", "erin", "reset", "short", "used", "off", "ended", "must", "again"]:
    person(name, mailaddress=f"{name}@example.test")
person("alice", mailaddress="alice.moor@example.test", givenname="Alice", surname="Moor")
for twin in ["twin1", "twin2"]:
    person(twin, mailaddress="twins@example.test")
person("boss", where="CN=Users")
person("sspr", where="OU=services", password=SERVICE_PASSWORD)

sam.modify_ldif(f"""dn: CN=alice,OU=people,{base}
changetype: modify
replace: preferredLanguage
preferredLanguage: de
-
replace: mobile
mobile: +4930123456
""")
sam.toggle_userAccountFlags("(sAMAccountName=off)", dsdb.UF_ACCOUNTDISABLE, "Account disabled")
sam.modify_ldif(f"""dn: CN=ended,OU=people,{base}
changetype: modify
replace: accountExpires
accountExpires: 130000000000000000
""")
sam.modify_ldif(f"""dn: CN=must,OU=people,{base}
changetype: modify
replace: pwdLastSet
pwdLastSet: 0
""")

# Alice is an administrator by a group in a group.
for group, members in [("harbor", ["alice"]), ("admins", ["bob", "harbor"]), ("strict", ["dora"])]:
    sam.newgroup(group, groupou="OU=groups")
    sam.add_remove_group_members(group, members, add_members_operation=True)

# A policy for a group. Its locks are over soon.
passwords = f"CN=Password Settings Container,CN=System,{base}"
sam.add({
    "dn": f"CN=strict,{passwords}",
    "objectClass": "msDS-PasswordSettings",
    "msDS-PasswordSettingsPrecedence": "1",
    "msDS-PasswordReversibleEncryptionEnabled": "FALSE",
    "msDS-PasswordHistoryLength": "5",
    "msDS-PasswordComplexityEnabled": "FALSE",
    "msDS-MinimumPasswordLength": "20",
    "msDS-MinimumPasswordAge": "0",
    "msDS-MaximumPasswordAge": str(-1000 * 24 * HOUR),
    "msDS-LockoutThreshold": "2",
    "msDS-LockoutObservationWindow": str(-4 * 10_000_000),
    "msDS-LockoutDuration": str(-4 * 10_000_000),
    "msDS-PSOAppliesTo": f"CN=strict,OU=groups,{base}",
})

# What docs/directories.md tells administrators to delegate, and no more.
found = sam.search(base, expression="(sAMAccountName=sspr)", attrs=["objectSid"])
service = ndr_unpack(security.dom_sid, found[0]["objectSid"][0])
USER = "bf967aba-0de6-11d0-a285-00aa003049e2"
RESET_PASSWORD = "00299570-246d-11d0-a768-00aa006e0529"
LOCKOUT_TIME = "28630ebf-41d5-11d1-a9c1-0000f80367c1"
rights = SDUtils(sam)
for dn, ace in [
    (f"OU=people,{base}", f"(OA;CIIO;CR;{RESET_PASSWORD};{USER};{service})"),
    (f"OU=people,{base}", f"(OA;CIIO;WP;{LOCKOUT_TIME};{USER};{service})"),
    (passwords, f"(A;CI;LCRP;;;{service})"),
]:
    rights.dacl_add_ace(dn, ace)
