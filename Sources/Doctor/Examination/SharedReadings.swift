package import BackupDomain
import FoundationEssentials
import Synchronization

/// Reads of storage accounts that many instances share, asked for once for all that are looked at together.
///
/// Everything else goes through: what lies in an instance, who has which role, and whatever changes something.
package final class SharedReadings: ResourcePlane {
    /// How long an answer serves.
    private static let freshness = 600.0

    private struct Question: Hashable {
        var path: String
        var apiVersion: String
        var isList: Bool
    }

    private enum Answer {
        case one(ManagementAnswer)
        case list([JSONValue])
    }

    private let plane: any ResourcePlane
    private let clock: any WallClock
    private let known = Mutex<[Question: (answer: Answer, at: Date)]>([:])

    /// Creates readings of which none is known yet.
    ///
    /// - Parameters:
    ///   - plane: Who is asked.
    ///   - clock: The time.
    package init(_ plane: any ResourcePlane, clock: any WallClock) {
        self.plane = plane
        self.clock = clock
    }

    package func send(
        _ method: ResourceMethod,
        _ path: String,
        apiVersion: String,
        body: JSONValue?
    ) async throws -> ManagementAnswer {
        let question = Question(path: path, apiVersion: apiVersion, isList: false)
        if method == .get, case .one(let answer)? = self.answer(to: question) { return answer }
        let answer = try await self.plane.send(method, path, apiVersion: apiVersion, body: body)
        // What was refused, or went wrong, is asked for again.
        if method == .get, answer.status == 200 || answer.status == 404 { self.keep(.one(answer), to: question) }
        return answer
    }

    package func list(_ path: String, apiVersion: String, filter: String?) async throws -> [JSONValue] {
        // A filter asks for what belongs to one instance.
        guard filter == nil else { return try await self.plane.list(path, apiVersion: apiVersion, filter: filter) }
        let question = Question(path: path, apiVersion: apiVersion, isList: true)
        if case .list(let answer)? = self.answer(to: question) { return answer }
        let answer = try await self.plane.list(path, apiVersion: apiVersion, filter: nil)
        self.keep(.list(answer), to: question)
        return answer
    }

    package func operation(at location: String) async throws -> ManagementAnswer {
        try await self.plane.operation(at: location)
    }

    private func answer(to question: Question) -> Answer? {
        let now = self.clock.now
        return self.known.withLock { known in
            guard let found = known[question], abs(now.timeIntervalSince(found.at)) < Self.freshness else { return nil }
            return found.answer
        }
    }

    private func keep(_ answer: Answer, to question: Question) {
        guard question.path.lowercased().contains("/providers/microsoft.storage/") else { return }
        let now = self.clock.now
        self.known.withLock { known in
            known = known.filter { abs(now.timeIntervalSince($0.value.at)) < Self.freshness }
            known[question] = (answer, now)
        }
    }
}
