import BackupDomain
import FoundationEssentials

/// Where this machine's managed identity gives out tokens, by what the platform sets.
///
/// Source: <https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference>,
/// <https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token>
enum ManagedIdentityEndpoint: Sendable, Hashable {
    /// App Service, Functions, Container Apps and Automation.
    case appService(URL, header: Secret)
    /// Azure Machine Learning.
    case machineLearning(URL, secret: Secret)
    /// The instance metadata service of a virtual machine.
    case instanceMetadata(URL)

    /// Finds the endpoint.
    ///
    /// - Parameter environment: The variables.
    /// - Returns: The endpoint; the metadata service where no variable names another.
    /// - Throws: ``CredentialUnavailable`` for platforms whose endpoint is not supported,
    ///   ``BackupDomain/BackupError`` with code `invalidInput` where a variable is no URL to which a secret may go.
    static func detect(_ environment: AzureEnvironment) throws -> Self {
        if let text = environment[.identityEndpoint] {
            if environment[.identityServerThumbprint] != nil {
                throw CredentialUnavailable("Service Fabric's identity endpoint is not supported")
            }
            if let header = environment[.identityHeader] {
                return .appService(try Self.url(text, .identityEndpoint), header: Secret(header))
            }
            if environment[.imdsEndpoint] != nil {
                throw CredentialUnavailable("Azure Arc's identity endpoint is not supported")
            }
            throw CredentialUnavailable("IDENTITY_ENDPOINT is set but IDENTITY_HEADER is not")
        }
        if let text = environment[.msiEndpoint] {
            guard let secret = environment[.msiSecret] else {
                throw CredentialUnavailable("Cloud Shell's identity endpoint is not supported; use azure-cli there")
            }
            return .machineLearning(try Self.url(text, .msiEndpoint), secret: Secret(secret))
        }
        let base = environment[.podIdentityAuthorityHost] ?? "http://169.254.169.254"
        let path = "\(base.withoutTrailingSlashes)/metadata/identity/oauth2/token"
        return .instanceMetadata(try Self.url(path, .podIdentityAuthorityHost))
    }

    /// The origin of the endpoint, for messages.
    var origin: String {
        switch self {
        case .appService(let url, _), .machineLearning(let url, _), .instanceMetadata(let url):
            Origin(url)?.description ?? "nowhere"
        }
    }

    /// Writes the request for a token.
    ///
    /// - Parameters:
    ///   - audience: What the token is for.
    ///   - clientID: The user-assigned identity's client id; nil for the system-assigned one.
    /// - Returns: The request, with the endpoint's secret.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`.
    func request(for audience: String, clientID: String?) throws(BackupError) -> HTTPExchangeRequest {
        switch self {
        case .appService(let url, let header):
            let identity = clientID.map { [(name: "client_id", value: $0)] } ?? []
            var request = try Self.request(url, version: "2019-08-01", audience, identity)
            request.fields[text: "X-IDENTITY-HEADER"] = header.reveal()
            // App Service does not need it; Automation does.
            request.fields[text: "Metadata"] = "true"
            return request
        case .machineLearning(let url, let secret):
            let identity = clientID.map { [(name: "clientid", value: $0)] } ?? []
            var request = try Self.request(url, version: "2017-09-01", audience, identity)
            request.fields[text: "secret"] = secret.reveal()
            return request
        case .instanceMetadata(let url):
            let identity = clientID.map { [(name: "client_id", value: $0)] } ?? []
            var request = try Self.request(url, version: "2018-02-01", audience, identity)
            request.fields[text: "Metadata"] = "true"
            return request
        }
    }

    private static func url(_ text: String, _ variable: AzureEnvironment.Variable) throws(BackupError) -> URL {
        guard let url = URL(string: text), let origin = Origin(url) else {
            throw BackupError(.invalidInput, "\(variable.rawValue) is not an http or https URL.")
        }
        try origin.requireConfidential("The endpoint that \(variable.rawValue) names", linkLocal: true)
        return url
    }

    private static func request(
        _ url: URL,
        version: String,
        _ audience: String,
        _ identity: [(name: String, value: String)]
    ) throws(BackupError) -> HTTPExchangeRequest {
        let query = formEncoded(
            [(name: "api-version", value: version), (name: "resource", value: audience)] + identity
        )
        let text = url.absoluteString
        guard let whole = URL(string: text + (text.contains("?") ? "&" : "?") + query) else {
            throw BackupError(.invalidInput, "The managed identity's endpoint cannot be called.")
        }
        return HTTPExchangeRequest(url: whole, capInBytes: 1 << 20, deadline: .seconds(30))
    }
}
