import BackupDomain

/// Follows what Azure accepted to its end, at Azure's pace.
struct Following {
    /// The longest that a validation or a what-if is followed.
    private static let patience = Duration.seconds(900)

    let resources: any ResourcePlane
    let clock: any WallClock

    /// Polls until the answer is final.
    ///
    /// - Parameter accepted: An answer of 202, with where to look.
    /// - Returns: The final answer.
    /// - Throws: ``BackupDomain/BackupError`` with code `timedOut` where it does not end.
    func end(of accepted: ManagementAnswer) async throws -> ManagementAnswer {
        var answer = accepted
        let deadline = self.clock.uptime + Self.patience
        guard let location = accepted.location else {
            throw BackupError(.malformedAnswer, "Azure accepted and did not say where to look.", azure: accepted.fault)
        }
        while answer.status == 202 {
            guard self.clock.uptime < deadline else {
                throw BackupError(.timedOut, "Azure did not answer within 15 minutes.", remedy: "Try again.")
            }
            try await self.clock.sleep(for: answer.retryAfter ?? .seconds(5))
            answer = try await self.resources.operation(at: location)
        }
        return answer
    }
}
