import BackupDomain
import FoundationEssentials

/// Why Microsoft Entra ID refused to give a token.
///
/// Source: <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>
struct EntraFault: Sendable, Hashable {
    /// The HTTP status.
    var status: Int
    /// OAuth's code, such as `invalid_client`.
    var error: String?
    /// Entra's own number, without the letters `AADSTS`.
    var number: Int?
    /// The description in one bounded line, without what was sent.
    var description: String?
    /// Entra's ids of the refusal.
    var traceID: String?
    /// The id of the conversation.
    var correlationID: String?
    /// Entra's own clock.
    var date: Date?

    /// Reads a refusal.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - secrets: What was sent and must not be shown, should Entra quote it.
    init(_ response: HTTPExchangeResponse, hiding secrets: [String]) {
        let document = response.document
        self.status = response.status
        self.date = response.date
        self.error = document?["error"]?.string
        self.traceID = document?["trace_id"]?.string
        self.correlationID = document?["correlation_id"]?.string
        let text = document?["error_description"]?.string.flatMap(AzureErrorBody.folded)
        self.description = text.map { text in
            let readable = Self.prefix(text, before: " Trace ID:")
            return secrets.filter { $0.utf8.count > 3 }.reduce(readable) {
                $0.split(separator: $1).joined(separator: "***")
            }
        }
        let listed = document?["error_codes"]?.array?.first?.integer.map(Int.init(truncatingIfNeeded:))
        self.number = listed ?? text.flatMap(Self.number)
    }

    /// Tells what to do about it, for the refusals that have one usual cause.
    func remedy(clientID: String, tenant: String) -> String {
        switch self.number {
        case 7_000_215: "AZURE_CLIENT_SECRET is not a secret of \(clientID): give the secret's value, not its id."
        case 7_000_222: "The secret has expired: make a new one for the application \(clientID)."
        case 700_016: "Check AZURE_CLIENT_ID: the tenant \(tenant) has no application \(clientID)."
        case 90_002, 900_023: "Check AZURE_TENANT_ID: there is no tenant \(tenant) at this authority."
        case 700_211, 700_212, 700_213:
            "Give the application \(clientID) a federated credential with the issuer, subject and audience of the token."
        case 700_021, 700_024: "The assertion was not valid at this time: check this machine's clock."
        case 700_027, 700_030: "Upload the certificate in use to the application \(clientID)."
        default: "Check the credential of the application \(clientID) in the tenant \(tenant)."
        }
    }

    /// Makes the error.
    ///
    /// - Parameters:
    ///   - credential: The credential's name.
    ///   - tenant: The tenant.
    ///   - clientID: The application.
    ///   - now: This machine's time: where assertions fail by time and it is five minutes off, that is the error.
    /// - Returns: An error with code `credentialRejected` or `clockOff`.
    func error(credential: String, tenant: String, clientID: String, now: Date) -> BackupError {
        let ids = [self.traceID.map { "trace \($0)" }, self.correlationID.map { "correlation \($0)" }]
            .compactMap(\.self).joined(separator: ", ")
        let code = self.number.map { "AADSTS\($0)" } ?? self.error
        let azure = AzureFault(
            status: self.status,
            code: code,
            message: self.description,
            requestID: ids.isEmpty ? nil : ids
        )
        if self.number == 700_024 || self.number == 700_021,
            let error = ClockComparison(service: self.date, now: now)?.refusal(azure)
        {
            return error
        }
        let isRefusal = (400..<500).contains(self.status) && self.status != 429
        return BackupError(
            isRefusal ? .credentialRejected : .azureError,
            isRefusal
                ? "Microsoft Entra ID refused the \(credential) credential."
                : "Microsoft Entra ID could not answer the \(credential) credential.",
            remedy: isRefusal ? self.remedy(clientID: clientID, tenant: tenant) : nil,
            azure: azure
        )
    }

    private static func number(_ text: String) -> Int? {
        guard let start = text.firstRange(of: "AADSTS")?.upperBound else { return nil }
        return Int(text[start...].prefix { $0.isASCII && $0.isNumber })
    }

    private static func prefix(_ text: String, before mark: String) -> String {
        text.firstRange(of: mark).map { String(text[..<$0.lowerBound]) } ?? text
    }
}
