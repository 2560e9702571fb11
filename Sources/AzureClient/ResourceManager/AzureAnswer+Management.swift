import BackupDomain
import HTTPTypes

extension AzureAnswer {
    /// The answer as the domain has it.
    ///
    /// - Parameter document: The body, where it is a JSON document.
    /// - Returns: The answer, whatever its status.
    func management(_ document: JSONValue?) -> ManagementAnswer {
        let refusal = self.response.isSuccess ? nil : AzureErrorBody(document)
        return ManagementAnswer(
            status: self.status,
            code: refusal?.code,
            message: refusal?.message,
            date: self.response.date,
            retryAfter: self.response.retryAfter,
            location: self.response.fields[single: .location].flatMap { $0.isEmpty || $0.utf8.count > 4096 ? nil : $0 },
            requestID: self.response.requestID,
            correlationID: self.response.correlationID,
            document: document,
            principal: refusal == nil ? nil : self.principal?.principal
        )
    }
}
