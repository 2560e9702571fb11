import EmulatorRuntime
import Foundation
import HTTPTypes

/// An error of the token endpoint, worded as Microsoft Entra ID does.
///
/// Source: RFC 6749, section 5.2, and "Microsoft Entra authentication and authorization error codes".
struct SignInError: Error, Equatable {
    /// The error of RFC 6749, such as `invalid_client`.
    var error: String
    /// The number behind `AADSTS`.
    var code: Int
    /// The sentence after it.
    var message: String
    /// The status.
    var status: HTTPResponse.Status = .badRequest

    func response(now: Date, identifiers: any IdentifierSource) -> EmulatedResponse {
        let (trace, correlation) = (identifiers.nextText(), identifiers.nextText())
        let seconds = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let instant = seconds.formatted(.iso8601).replacing("T", with: " ")
        let description =
            "AADSTS\(self.code): \(self.message) Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(instant)"
        let body: JSON = [
            "error": .string(self.error), "error_description": .string(description),
            "error_codes": [.number(String(self.code))], "timestamp": .string(instant),
            "trace_id": .string(trace), "correlation_id": .string(correlation),
        ]
        return .json(body, status: self.status, headers: [.cacheControl: "no-store, no-cache", .pragma: "no-cache"])
    }

    static func missing(_ parameter: String) -> SignInError {
        SignInError(
            error: "invalid_request",
            code: 900_144,
            message: "The request body must contain the following parameter: '\(parameter)'."
        )
    }

    static func unknownTenant(_ tenant: String) -> SignInError {
        SignInError(
            error: "invalid_request",
            code: 90_002,
            message: "Tenant '\(tenant)' not found. Check to make sure you have the correct tenant ID and are signing "
                + "into the correct cloud."
        )
    }

    static func unknownApplication(_ client: String, tenant: String) -> SignInError {
        SignInError(
            error: "unauthorized_client",
            code: 700_016,
            message: "Application with identifier '\(client)' was not found in the directory '\(tenant)'."
        )
    }

    static func wrongSecret(_ client: String) -> SignInError {
        SignInError(
            error: "invalid_client",
            code: 7_000_215,
            message: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
                + "value, not the client secret ID, for a secret added to app '\(client)'.",
            status: .unauthorized
        )
    }

    static let noCredential = SignInError(
        error: "invalid_client",
        code: 7_000_218,
        message: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        status: .unauthorized
    )

    static func unknownResource(_ resource: String, tenant: String) -> SignInError {
        SignInError(
            error: "invalid_resource",
            code: 500_011,
            message: "The resource principal named \(resource) was not found in the tenant named \(tenant)."
        )
    }

    static func badScope(_ scope: String) -> SignInError {
        SignInError(
            error: "invalid_scope",
            code: 1_002_012,
            message: "The provided value for scope \(scope) is not valid. Client credential flows must have a scope "
                + "value with /.default suffixed to the resource identifier (application ID URI)."
        )
    }

    static func badGrant(_ grant: String) -> SignInError {
        SignInError(
            error: "unsupported_grant_type",
            code: 70_003,
            message: "The app requested an unsupported grant type '\(grant)'."
        )
    }

    static let malformedAssertion = SignInError(
        error: "invalid_request",
        code: 50_027,
        message: "JWT token is invalid or malformed."
    )

    static func assertionTime(_ now: Date) -> SignInError {
        SignInError(
            error: "invalid_client",
            code: 700_024,
            message: "Client assertion is not within its valid time range. Current time: \(Instant.text(now)).",
            status: .unauthorized
        )
    }

    static let assertionSignature = SignInError(
        error: "invalid_client",
        code: 700_027,
        message: "The certificate with identifier used to sign the client assertion is not registered on application, "
            + "or the signature is not valid.",
        status: .unauthorized
    )

    static func federationIssuer(_ issuer: String) -> SignInError {
        SignInError(
            error: "invalid_client",
            code: 700_211,
            message: "No matching federated identity record found for presented assertion issuer '\(issuer)'.",
            status: .unauthorized
        )
    }

    static func federationSubject(_ subject: String) -> SignInError {
        SignInError(
            error: "invalid_client",
            code: 700_213,
            message: "No matching federated identity record found for presented assertion subject '\(subject)'.",
            status: .unauthorized
        )
    }

    static func federationAudience(_ audience: String) -> SignInError {
        SignInError(
            error: "invalid_client",
            code: 700_212,
            message: "No matching federated identity record found for presented assertion audience '\(audience)'.",
            status: .unauthorized
        )
    }
}
