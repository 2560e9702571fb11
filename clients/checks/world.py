"""What exists in the local Azure that the checks run against."""

import datetime
import json
import time
import uuid

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

FEDERATION = {
    "issuer": "https://issuer.clients.example",
    "subject": "repo:contoso/apis:environment:production",
    "audience": "api://AzureADTokenExchange",
}


class Issuer:
    """A foreign issuer of tokens, and the keeper of one certificate."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.certificate = self._certificate()

    def _certificate(self):
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "apim-backup-clients")])
        now = datetime.datetime.now(datetime.timezone.utc)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=30))
            .sign(self.key, hashes.SHA256())
        )

    @property
    def public_key(self):
        kind = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.key.public_key().public_bytes(serialization.Encoding.PEM, kind).decode()

    @property
    def private_key(self):
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()

    @property
    def certificate_text(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def token(self, **changes):
        """A token as a pipeline's own issuer hands it out, for federation with Entra."""
        now = int(time.time())
        claims = {
            "iss": FEDERATION["issuer"],
            "sub": FEDERATION["subject"],
            "aud": FEDERATION["audience"],
            "iat": now,
            "nbf": now - 60,
            "exp": now + 600,
            "jti": str(uuid.uuid4()),
        }
        return jwt.encode({**claims, **changes}, self.key, algorithm="RS256", headers={"kid": "clients"})


def world(issuer, **changes):
    """The built-in world, with an administrator, a pipeline, and an instance that has both kinds of identity."""
    pipeline = {
        "name": "pipeline",
        "clientId": "0a6e1c8e-58f5-4c1c-9e70-4d0b1f6a2f11",
        "objectId": "0a6e1c8e-58f5-4c1c-9e70-4d0b1f6a2f12",
        "secrets": ["pipeline-secret~1"],
        "certificates": [issuer.certificate_text],
        "federatedCredentials": [{**FEDERATION, "publicKey": issuer.public_key}],
    }
    administrator = {
        "name": "administrator",
        "clientId": "0a6e1c8e-58f5-4c1c-9e70-4d0b1f6a2f21",
        "objectId": "0a6e1c8e-58f5-4c1c-9e70-4d0b1f6a2f22",
        "secrets": ["administrator-secret~1"],
    }
    newcomer = {
        "name": "newcomer",
        "clientId": "0a6e1c8e-58f5-4c1c-9e70-4d0b1f6a2f31",
        "objectId": "0a6e1c8e-58f5-4c1c-9e70-4d0b1f6a2f32",
        "secrets": ["newcomer-secret~1"],
    }
    result = {
        "servicePrincipals": [pipeline, administrator, newcomer],
        "identities": [
            {"name": "storage-writer", "resourceGroup": "rg-apim"},
            {"name": "second-runner", "resourceGroup": "rg-apim"},
        ],
        "instances": [
            {
                "name": "contoso-apim",
                "resourceGroup": "rg-apim",
                "tier": "Developer",
                "systemAssigned": True,
                "identities": ["storage-writer"],
                "tags": {"environment": "production"},
            }
        ],
        "roleAssignments": [
            {"principal": "administrator", "role": "Owner", "scope": "subscription"},
            {
                "principal": "administrator",
                "role": "Storage Blob Data Owner",
                "scope": "storageAccount:contosobackups",
            },
            {"principal": "pipeline", "role": "API Management Service Operator Role", "scope": "group:rg-apim"},
            {"principal": "pipeline", "role": "Reader", "scope": "storageAccount:contosobackups"},
            {
                "principal": "pipeline",
                "role": "Storage Blob Data Contributor",
                "scope": "storageAccount:contosobackups",
            },
            {
                "principal": "storage-writer",
                "role": "Storage Blob Data Contributor",
                "scope": "container:contosobackups/apim-backups",
            },
        ],
        # With --time-scale 60 an operation takes a second.
        "timings": {"backupSeconds": 60, "restoreSeconds": 60, "retryAfterSeconds": 60},
    }
    for name, value in changes.items():
        result[name] = result.get(name, []) + value if isinstance(value, list) else value
    return json.loads(json.dumps(result))
