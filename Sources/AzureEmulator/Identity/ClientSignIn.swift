import EmulatorRuntime
import Foundation

/// One application's attempt to sign in: by secret, by certificate, or by a foreign issuer's token.
struct ClientSignIn {
    let form: FormBody
    let tenant: String
    let key: SigningKey
    let now: Date

    /// The application, once its credential is found good.
    func application(among applications: [ServicePrincipal]) throws(SignInError) -> ServicePrincipal {
        guard let grant = self.form["grant_type"] else { throw .missing("grant_type") }
        guard grant == "client_credentials" else { throw .badGrant(grant) }
        guard let client = self.form["client_id"] else { throw .missing("client_id") }
        let application = applications.first { $0.clientID.caseInsensitiveCompare(client) == .orderedSame }
        guard let application else { throw .unknownApplication(client, tenant: self.tenant) }
        if let text = self.form["client_assertion"] {
            guard self.form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" else {
                throw .missing("client_assertion_type")
            }
            guard let token = WebToken(text) else { throw .malformedAssertion }
            try self.check(token, of: application)
        } else if let secret = self.form["client_secret"] {
            let isKnown = application.secrets.reduce(false) { $0 || ConstantTime.equal($1, secret) }
            guard isKnown else { throw .wrongSecret(application.clientID) }
        } else {
            throw .noCredential
        }
        return application
    }

    private func check(_ token: WebToken, of application: ServicePrincipal) throws(SignInError) {
        let assertion = ClientAssertion(token: token, emulatorKey: self.key)
        let issuer = token.claims["iss"]?.string ?? ""
        if issuer.caseInsensitiveCompare(application.clientID) == .orderedSame {
            guard application.certificates.contains(where: assertion.isSigned(byCertificate:)) else {
                throw .assertionSignature
            }
        } else {
            try self.checkFederation(assertion, issuer: issuer, application: application)
        }
        guard let expiry = token.instant("exp"), expiry > self.now,
            token.instant("nbf").map({ $0 <= self.now.addingTimeInterval(300) }) ?? true
        else { throw .assertionTime(self.now) }
    }

    private func checkFederation(
        _ assertion: ClientAssertion,
        issuer: String,
        application: ServicePrincipal
    ) throws(SignInError) {
        let subject = assertion.token.claims["sub"]?.string ?? ""
        let trusted = application.federatedCredentials.filter { $0.issuer == issuer }
        guard !trusted.isEmpty else { throw .federationIssuer(issuer) }
        let candidates = trusted.filter { $0.subject == subject }
        guard !candidates.isEmpty else { throw .federationSubject(subject) }
        let matching = candidates.filter { assertion.token.audiences.contains($0.audience) }
        guard !matching.isEmpty else {
            throw .federationAudience(assertion.token.audiences.joined(separator: ","))
        }
        guard matching.contains(where: assertion.isSigned(byIssuerOf:)) else { throw .assertionSignature }
    }
}
