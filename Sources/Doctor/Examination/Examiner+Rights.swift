import BackupDomain
import FoundationEssentials

/// What the Resource Manager tells of resources, locks and rights.
extension Examiner {
    /// The most roles of one principal whose definitions are read.
    private static let mostRoles = 24

    /// Reads a resource.
    ///
    /// - Parameters:
    ///   - path: Its path.
    ///   - version: The api-version.
    ///   - right: The right that a 403 says is missing.
    /// - Returns: The resource.
    /// - Throws: `CancellationError`
    func read(_ path: String, _ version: String, _ right: String) async throws -> Reading<JSONValue> {
        do {
            let answer = try await self.resources.send(.get, path, apiVersion: version, body: nil)
            switch answer.status {
            case 200: return answer.document.map { .found($0) } ?? .hidden("Azure's answer is no JSON document.")
            case 404: return .missing
            case 403: return .hidden("This identity may not read it: \(right) is missing.")
            case 429, 500...: return .unanswered("Azure answered \(answer.fault).")
            default: return .hidden("Azure answered \(answer.fault).")
            }
        } catch let error as BackupError {
            return Reading(error)
        }
    }

    /// Lists the locks on a resource and above it.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/resources/management-locks/list-at-resource-level>
    ///
    /// - Parameter id: The resource.
    /// - Returns: The locks.
    /// - Throws: `CancellationError`
    func locks(on id: ResourceID) async throws -> Reading<[Examination.Lock]> {
        do {
            let found = try await self.resources.list(
                "\(id)/providers/Microsoft.Authorization/locks",
                apiVersion: "2020-05-01",
                filter: "atScope()"
            )
            return .found(
                found.map { lock in
                    Examination.Lock(id: lock["id"]?.string ?? "?", level: lock["properties"]?["level"]?.string ?? "?")
                }
            )
        } catch let error as BackupError {
            return Reading(
                error,
                "The locks could not be listed (Microsoft.Authorization/locks/read): \(error.message)"
            )
        }
    }

    /// Asks what the caller may do; nobody needs a right to be told.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource>
    ///
    /// - Parameter scope: The resource id.
    /// - Returns: The caller's rights there.
    /// - Throws: `CancellationError`
    package func callerRights(on scope: String) async throws -> Reading<Rights> {
        do {
            let granted = try await self.resources.list(
                "\(scope)/providers/Microsoft.Authorization/permissions",
                apiVersion: "2022-04-01",
                filter: nil
            )
            return .found(Rights(roles: granted.map(Rights.Role.init)))
        } catch let error as BackupError {
            return Reading(error, "Azure did not say what this identity may do: \(error.message)")
        }
    }

    /// Finds out what the identity by which API Management writes may do.
    ///
    /// - Parameter examination: What was read so far; gets the rights.
    /// - Throws: `CancellationError`
    func lookAtWriter(_ examination: inout Examination) async throws {
        let subject = examination.subject
        guard let writer = examination.writer else {
            examination.writerRights = .hidden("There is no identity by which API Management would write.")
            return
        }
        guard let scope = subject.containerID(subject.container) else {
            examination.writerRights = .hidden("The account's resource id is not known: that takes Reader on it.")
            return
        }
        examination.writerRights = try await self.rights(of: writer, on: scope)
    }

    /// Reads somebody else's rights from the assignments and the definitions of roles.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope>: `assignedTo` counts groups too.
    ///
    /// - Parameters:
    ///   - principal: Whose; an object id.
    ///   - scope: The resource id of what they are about.
    /// - Returns: The rights.
    /// - Throws: `CancellationError`
    package func rights(of principal: String, on scope: String) async throws -> Reading<Rights> {
        do {
            let assignments = try await self.resources.list(
                "\(scope)/providers/Microsoft.Authorization/roleAssignments",
                apiVersion: "2022-04-01",
                filter: "atScope() and assignedTo('\(principal)')"
            )
            let ids = Set(
                assignments.compactMap { $0["properties"]?["roleDefinitionId"]?.string?.split(separator: "/").last }
            ).sorted()
            var roles: [Rights.Role] = []
            for id in ids.prefix(Self.mostRoles) {
                // Through the scope, since a Reader of the account may not read at the subscription.
                let path = "\(scope)/providers/Microsoft.Authorization/roleDefinitions/\(id)"
                let reading = try await self.read(path, "2022-04-01", "Microsoft.Authorization/roleDefinitions/read")
                guard case .found(let definition) = reading else {
                    if case .missing = reading { continue }
                    return reading.withoutValue()
                }
                roles += (definition["properties"]?["permissions"]?.array ?? []).map(Rights.Role.init)
            }
            return .found(Rights(roles: roles))
        } catch let error as BackupError {
            return Reading(
                error,
                "Roles could not be listed (Microsoft.Authorization/roleAssignments/read on the account): \(error.message)"
            )
        }
    }
}
