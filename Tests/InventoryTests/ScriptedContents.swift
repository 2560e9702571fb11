import BackupDomain
import Synchronization

/// An instance's lists as a script says: each list has answers, of which the last one is repeated.
final class ScriptedContents: ContentsPlane {
    static let instance =
        ResourceID("/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/contoso-apim")

    private let script: Mutex<[String: [Result<ManagementAnswer, BackupError>]]>
    private let asked = Mutex<[String]>([])

    init(_ script: [String: [Result<ManagementAnswer, BackupError>]]) { self.script = Mutex(script) }

    /// The lists that were asked for, further pages included.
    var calls: [String] { self.asked.withLock(\.self) }

    func contents(_ list: String, of instance: ResourceID) async throws -> ManagementAnswer { try self.answer(list) }

    func contents(at link: String) async throws -> ManagementAnswer { try self.answer(link) }

    private func answer(_ list: String) throws -> ManagementAnswer {
        self.asked.withLock { $0.append(list) }
        let answer = self.script.withLock { script -> Result<ManagementAnswer, BackupError>? in
            guard var answers = script[list], let first = answers.first else { return nil }
            if answers.count > 1 { answers.removeFirst() }
            script[list] = answers
            return first
        }
        return try answer?.get() ?? Self.page([])
    }

    /// A page of things with these names.
    static func page(_ names: [String], count: Int? = nil, next: String? = nil) -> ManagementAnswer {
        Self.page(
            of: names.map { .object(["name": .string($0), "properties": .object([:])]) },
            count: count,
            next: next
        )
    }

    /// A page of elements.
    static func page(of elements: [JSONValue], count: Int? = nil, next: String? = nil) -> ManagementAnswer {
        var document: [String: JSONValue] = ["value": .array(elements)]
        document["count"] = count.map { .integer(Int64($0)) }
        document["nextLink"] = next.map { .string($0) }
        return ManagementAnswer(status: 200, document: .object(document))
    }
}
