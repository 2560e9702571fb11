import EmulatorExpressions
import EmulatorRuntime

/// Reads the actions of a definition, each with what is in it.
struct ActionReader {
    /// Source: "Limits and configuration reference for Azure Logic Apps".
    private static let deepest = 8

    let depth: Int

    /// Reads a group of actions, in the order in which they are written.
    func actions(_ json: JSON?, of place: String) throws(WorkflowMistake) -> [WorkflowAction] {
        guard let json, !json.isNull else { return [] }
        guard let members = json.object else { throw .invalid("The 'actions' of \(place) must be an object.") }
        guard self.depth <= Self.deepest else {
            throw .invalid("The actions of \(place) are nested more than \(Self.deepest) levels deep.")
        }
        var actions: [WorkflowAction] = []
        for member in members { actions.append(try self.action(member.name, member.value)) }
        return actions
    }

    private var inner: ActionReader { ActionReader(depth: self.depth + 1) }

    private func action(_ name: String, _ json: JSON) throws(WorkflowMistake) -> WorkflowAction {
        guard let type = json.member("type")?.string else {
            throw .invalid("The template action '\(name)' is missing the required property 'type'.")
        }
        guard !name.isEmpty, name.count <= 80 else {
            throw .invalid("The name of template action '\(name)' must have 1 to 80 characters.")
        }
        return WorkflowAction(
            name: name,
            type: type,
            kind: try self.kind(type, json, name),
            runAfter: try self.predecessors(json.member("runAfter"), of: name)
        )
    }

    private func predecessors(
        _ json: JSON?,
        of name: String
    ) throws(WorkflowMistake) -> [WorkflowAction.Predecessor] {
        guard let json, !json.isNull else { return [] }
        guard let members = json.object else {
            throw .invalid("The 'runAfter' property of template action '\(name)' must be an object.")
        }
        var predecessors: [WorkflowAction.Predecessor] = []
        for member in members {
            let named = member.value.array?.compactMap(\.string) ?? []
            let statuses = named.compactMap { ActionStatus(named: $0) }
            let isKnown = statuses.count == named.count && statuses.allSatisfy { !$0.isActive && $0 != .cancelled }
            guard let count = member.value.array?.count, isKnown, named.count == count else {
                throw .invalid(
                    "The 'runAfter' property of template action '\(name)' contains invalid status values for action "
                        + "'\(member.name)'. The supported values are 'Succeeded, Failed, Skipped, TimedOut'."
                )
            }
            // Source: the reference of the definition language: without a status, success is meant.
            predecessors.append(.init(name: member.name, statuses: statuses.isEmpty ? [.succeeded] : statuses))
        }
        return predecessors
    }

    private func kind(_ type: String, _ json: JSON, _ name: String) throws(WorkflowMistake) -> WorkflowAction.Kind {
        switch type.lowercased() {
        case "scope": return .group(try self.inner.actions(json.member("actions"), of: "action '\(name)'"))
        case "if":
            let otherwise = json.member(at: "else", "actions")
            return .branch(
                try self.required("expression", json, name),
                then: try self.inner.actions(json.member("actions"), of: "action '\(name)'"),
                otherwise: try self.inner.actions(otherwise, of: "action '\(name)'")
            )
        case "switch": return try self.choice(json, name)
        case "foreach":
            let width = json.member(at: "runtimeConfiguration", "concurrency", "repetitions")?.integer
            let isSequential = Self.options(json).contains("sequential")
            return .forEach(
                try self.required("foreach", json, name),
                try self.inner.actions(json.member("actions"), of: "action '\(name)'"),
                // Source: "Limits and configuration reference": 20 at once unless said otherwise, 50 at most.
                width: isSequential ? 1 : min(max(1, width ?? 20), 50)
            )
        case "until": return try self.until(json, name)
        default: return try SimpleActionReader(json: json, name: name).kind(type)
        }
    }

    private func required(_ member: String, _ json: JSON, _ name: String) throws(WorkflowMistake) -> JSON {
        if let value = json.member(member), !value.isNull { return value }
        throw .invalid("The template action '\(name)' is missing the required property '\(member)'.")
    }

    private func choice(_ json: JSON, _ name: String) throws(WorkflowMistake) -> WorkflowAction.Kind {
        var cases: [WorkflowAction.Case] = []
        for member in json.member("cases")?.object ?? [] {
            cases.append(
                .init(
                    value: try self.required("case", member.value, name),
                    actions: try self.inner.actions(member.value.member("actions"), of: "action '\(name)'")
                )
            )
        }
        return .choice(
            try self.required("expression", json, name),
            cases: cases,
            standard: try self.inner.actions(json.member(at: "default", "actions"), of: "action '\(name)'")
        )
    }

    private func until(_ json: JSON, _ name: String) throws(WorkflowMistake) -> WorkflowAction.Kind {
        let limit = json.member("limit")
        let count = limit?.member("count")
        guard let most = count == nil ? 60 : count?.integer, (1...5000).contains(most) else {
            throw .invalid("The 'limit' of action '\(name)' needs a 'count' from 1 to 5000.")
        }
        let timeout = limit?.member("timeout")?.string
        guard let length = ISODuration(timeout ?? "PT1H"), length.duration > .zero else {
            throw .invalid("The 'limit' of action '\(name)' has the timeout '\(timeout ?? "")', which is no duration.")
        }
        return .until(
            UntilLoop(
                condition: try self.required("expression", json, name),
                actions: try self.inner.actions(json.member("actions"), of: "action '\(name)'"),
                count: most,
                timeout: length,
                failsAtLimits: Self.options(json).contains("failwhenlimitsreached")
            )
        )
    }

    /// The `operationOptions` of an action, which are written in one string, in lower case.
    static func options(_ json: JSON) -> Set<String> {
        Set(
            (json.member("operationOptions")?.string ?? "").split(separator: ",")
                .map { $0.filter { !$0.isWhitespace }.lowercased() }
        )
    }
}
