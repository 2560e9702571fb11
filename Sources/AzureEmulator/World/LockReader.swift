import Foundation

/// Reads the locks that are there from the start.
struct LockReader {
    let fields: FieldReader

    func locks(in world: World) -> [ManagementLock] {
        self.fields.eachOnce("locks") { fields in
            let level = fields.required(
                "level",
                fields.choice("level", of: ManagementLock.Level.allCases.map(\.rawValue))
            )
            let text = fields.required("scope", fields.string("scope"))
            let notes = fields.string("notes")
            let name = fields.required("name", fields.name())
            let scope = text.flatMap { Scope(named: $0, in: world) }
            if let text, scope == nil { fields.note("scope", "There is no scope '\(text)'.") }
            guard let name, let scope, let level = level.flatMap(ManagementLock.Level.init(rawValue:)) else {
                return nil
            }
            return ManagementLock(name: name, scope: scope, level: level, notes: notes)
        }
    }
}
