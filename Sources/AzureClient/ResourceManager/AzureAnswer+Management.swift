import BackupDomain
import HTTPTypes

extension AzureAnswer {
    /// The answer as the domain has it.
    ///
    /// - Parameter body: What the body says, where it is a refusal's.
    /// - Returns: The answer, whatever its status.
    func management(_ body: AzureErrorBody) -> ManagementAnswer {
        let isRefusal = !self.response.isSuccess
        return ManagementAnswer(
            status: self.status,
            code: isRefusal ? body.code : nil,
            message: isRefusal ? body.message : nil,
            date: self.response.date,
            retryAfter: self.response.retryAfter,
            location: self.response.fields[.location].flatMap { $0.isEmpty || $0.utf8.count > 4096 ? nil : $0 },
            requestID: self.response.requestID,
            correlationID: self.response.correlationID,
            document: self.response.document,
            principal: self.principal?.principal
        )
    }
}
