import EmulatorRuntime
import Foundation
import HTTPTypes

/// Makes, shows, lists and removes locks at any scope.
///
/// Source: "Management Locks", Authorization, API version 2020-05-01.
struct LockRoutes {
    let call: ManagementCall

    func response() throws -> EmulatedResponse {
        switch (self.call.path.rest.count, self.call.request.method) {
        case (1, .get): return try self.list()
        case (2, .get): return try self.show()
        case (2, .put): return try self.make()
        case (2, .delete): return try self.remove()
        default: throw ManagementError.methodNotAllowed(self.call.request.method)
        }
    }

    private var scope: Scope { self.call.path.scope }

    private var id: Scope { self.scope.appending("providers/Microsoft.Authorization/locks/\(self.call.path.rest[1])") }

    private func list() throws -> EmulatedResponse {
        let isOnlyHere = try EqualityFilter(self.call.request.query("$filter")).isAtScope
        return try self.call.cloud.read { state, now in
            try self.call.require("Microsoft.Authorization/locks/read", at: self.scope, in: state, now: now)
            let locks = state.locks.values.filter { lock in
                isOnlyHere ? lock.scope.contains(self.scope) : self.scope.contains(lock.scope)
            }
            return self.call.page(
                locks.sorted { $0.id.path < $1.id.path }.map(self.json),
                size: state.world.rules.pageSize
            )
        }
    }

    private func show() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            try self.call.require("Microsoft.Authorization/locks/read", at: self.scope, in: state, now: now)
            guard let lock = state.locks[self.id] else {
                throw ManagementError(
                    status: .notFound,
                    code: "LockNotFound",
                    message: "The lock '\(self.call.path.rest[1])' could not be found."
                )
            }
            return .json(self.json(lock))
        }
    }

    private func make() throws -> EmulatedResponse {
        let body = try self.call.body()
        let text = body["properties"]?["level"]?.string ?? ""
        let level = ManagementLock.Level.allCases.first { $0.rawValue.caseInsensitiveCompare(text) == .orderedSame }
        guard let level else { throw ManagementError.invalidContent("properties.level is missing or unknown") }
        let lock = ManagementLock(
            name: self.call.path.rest[1],
            scope: self.scope,
            level: level,
            notes: body["properties"]?["notes"]?.string
        )
        let isNew = try self.call.cloud.change { state, now in
            try self.call.require("Microsoft.Authorization/locks/write", at: self.scope, in: state, now: now)
            return ([.lock(lock)], state.locks[lock.id] == nil)
        }
        return .json(self.json(lock), status: isNew ? .created : .ok)
    }

    private func remove() throws -> EmulatedResponse {
        let wasThere = try self.call.cloud.change { state, now in
            try self.call.require("Microsoft.Authorization/locks/delete", at: self.scope, in: state, now: now)
            let wasThere = state.locks[self.id] != nil
            return (wasThere ? [.lockRemoved(self.id)] : [], wasThere)
        }
        return EmulatedResponse(status: wasThere ? .ok : .noContent)
    }

    private func json(_ lock: ManagementLock) -> JSON {
        [
            "properties": ["level": .string(lock.level.rawValue), "notes": .optional(lock.notes)],
            "id": .string(lock.id.path), "type": "Microsoft.Authorization/locks", "name": .string(lock.name),
        ]
    }
}
