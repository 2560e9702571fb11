import BackupDomain
import Foundation

/// The last line of `run --format json` for several instances, after each one's summary.
struct RunTotal: Encodable {
    /// One instance that did not end verified.
    struct Failure: Encodable {
        var instance: String
        var outcome: RunOutcome?
        var errorCode: BackupError.Code?
    }

    var instances: Int
    /// How many ended with each outcome; `accepted` counts those that Azure goes on with.
    var outcomes: [String: Int]
    /// Those that ended neither verified nor accepted.
    var failures: [Failure]
    var exitCode: Int32
    var beganAt: Date?
    var endedAt: Date?
    /// What kept all from beginning.
    var error: BackupError?

    /// Sums up.
    ///
    /// - Parameters:
    ///   - ends: How the runs ended.
    ///   - instances: How many instances were asked for; as many as there are ends where nothing else is said.
    ///   - began: When the first began.
    ///   - ended: When the last ended.
    ///   - status: The exit code.
    init(
        _ ends: [InstanceEnd],
        instances: Int? = nil,
        from began: Date,
        to ended: Date,
        _ status: ExitStatus
    ) {
        self.instances = instances ?? ends.count
        self.outcomes = Dictionary(ends.map { ($0.outcome?.rawValue ?? "accepted", 1) }, uniquingKeysWith: +)
        self.failures = ends.filter { $0.outcome.map { !$0.isGood } ?? false }.map { end in
            Failure(instance: end.instance, outcome: end.outcome, errorCode: end.error?.code)
        }
        self.exitCode = status.rawValue
        self.beganAt = began.wholeSeconds
        self.endedAt = ended.wholeSeconds
    }

    /// The total where nothing could begin.
    init(_ error: BackupError) {
        self.instances = 0
        self.outcomes = [:]
        self.failures = []
        self.exitCode = error.exitStatus.rawValue
        self.error = error
    }

    private enum CodingKeys: String, CodingKey {
        case type, instances, outcomes, failures, exitCode, beganAt, endedAt, error
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("total", forKey: .type)
        try container.encode(self.instances, forKey: .instances)
        try container.encode(self.outcomes, forKey: .outcomes)
        try container.encode(self.failures, forKey: .failures)
        try container.encode(self.exitCode, forKey: .exitCode)
        try container.encode(self.beganAt, forKey: .beganAt)
        try container.encode(self.endedAt, forKey: .endedAt)
        try container.encode(self.error, forKey: .error)
    }
}
