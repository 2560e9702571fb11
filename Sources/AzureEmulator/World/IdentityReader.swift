import Foundation

/// Reads user-assigned identities and applications.
struct IdentityReader {
    let fields: FieldReader

    func identities(_ place: Place) -> [UserAssignedIdentity] {
        self.fields.eachOnce("identities") { fields in
            let group = place.group(fields)
            let (client, principal) = (fields.guid("clientId"), fields.guid("principalId"))
            let tags = fields.texts("tags") ?? [:]
            guard let name = fields.required("name", fields.name()), let group else { return nil }
            return UserAssignedIdentity(
                id: group.scope.appending("providers/Microsoft.ManagedIdentity/userAssignedIdentities/\(name)"),
                name: name,
                location: group.location,
                tags: tags,
                clientID: client ?? DerivedID.guid("client/\(name)"),
                principalID: principal ?? DerivedID.guid("principal/\(name)")
            )
        }
    }

    func applications() -> [ServicePrincipal] {
        self.fields.eachOnce("servicePrincipals") { fields in
            let (client, object) = (fields.guid("clientId"), fields.guid("objectId"))
            let secrets = fields.strings("secrets")
            let certificates = self.certificates(fields)
            let federated = fields.each("federatedCredentials", self.federation)
            guard let name = fields.required("name", fields.name()) else { return nil }
            return ServicePrincipal(
                name: name,
                clientID: client ?? DerivedID.guid("client/\(name)"),
                objectID: object ?? DerivedID.guid("principal/\(name)"),
                secrets: secrets ?? [DerivedID.secret(name)],
                certificates: certificates,
                federatedCredentials: federated
            )
        }
    }

    private func certificates(_ fields: FieldReader) -> [String] {
        let certificates = fields.strings("certificates") ?? []
        for (index, text) in certificates.enumerated() where !ClientAssertion.isCertificate(text) {
            fields.note("certificates[\(index)]", "A certificate in PEM with an RSA or P-256 key is expected.")
        }
        return certificates
    }

    private func federation(_ fields: FieldReader) -> FederatedCredential? {
        let audience = fields.string("audience") ?? "api://AzureADTokenExchange"
        let key = fields.string("publicKey")
        if let key, !ClientAssertion.isPublicKey(key) {
            fields.note("publicKey", "A public key in PEM is expected, RSA or P-256.")
        }
        guard let issuer = fields.required("issuer", fields.string("issuer")),
            let subject = fields.required("subject", fields.string("subject"))
        else { return nil }
        return FederatedCredential(issuer: issuer, subject: subject, audience: audience, publicKey: key)
    }
}
