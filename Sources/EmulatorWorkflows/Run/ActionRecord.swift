package import EmulatorRuntime
package import Foundation

/// How one execution of an action went, as far as it has come.
package struct ActionRecord: Sendable, Equatable, Codable {
    /// Which execution.
    package let key: ActionKey
    /// Where it stands.
    package var status: ActionStatus
    /// How it ended in a word, such as `OK` or `ActionFailed`.
    package var code: String?
    /// `code` and `message` of a failure, or of why it was skipped.
    package var error: JSON?
    /// What it was told, without secrets.
    package var inputs: JSON?
    /// What came of it.
    package var outputs: JSON?
    /// When it began.
    package var startedAt: Date
    /// When it ended.
    package var endedAt: Date?
    /// Names the execution in logs.
    package var trackingID: String
    /// The attempts before the last one.
    package var retries: [CallAttempt] = []
    /// How many iterations a loop has begun.
    package var iterations: Int?
    /// What a `Foreach` goes through.
    package var items: [JSON]?
    /// What it waits for.
    var progress: Progress?

    /// What an execution waits for.
    enum Progress: Sendable, Equatable, Codable {
        case calling(CallProgress)
        case pausing(until: Date)
        /// The actions in its so many-th group.
        case inner(group: Int)
        /// These iterations of a loop, which began then.
        case repeating([Int])
    }

    /// The record as `actions()` and `result()` show it.
    func json(as name: String) -> JSON {
        var json: JSON = [
            "name": .string(name), "status": .string(self.status.rawValue),
            "startTime": .string(RunTime.text(self.startedAt)), "trackingId": .string(self.trackingID),
        ]
        if let endedAt = self.endedAt { json["endTime"] = .string(RunTime.text(endedAt)) }
        if let code = self.code { json["code"] = .string(code) }
        if let error = self.error { json["error"] = error }
        if let inputs = self.inputs { json["inputs"] = inputs }
        if let outputs = self.outputs { json["outputs"] = outputs }
        return json
    }
}

/// One attempt of a call that was followed by another.
package struct CallAttempt: Sendable, Equatable, Codable {
    /// When it was made.
    package var startedAt: Date
    /// When it was over.
    package var endedAt: Date
    /// The status in words; `NoResponse` where no answer came.
    package var code: String
}

/// How times are written in runs.
package enum RunTime {
    /// An instant with seven digits behind the second, as Logic Apps writes it.
    ///
    /// - Parameter date: The instant.
    /// - Returns: Such as `2026-11-24T01:00:00.0000000Z`.
    package static func text(_ date: Date) -> String { CalendarInstant(date).precise }
}
