import BackupDomain

/// What Azure does not check of a workflow, and what makes one lie or never run.
struct WorkflowLint {
    /// A rule of ours.
    enum Rule: String, CaseIterable {
        /// Terminate must not follow an action that succeeded or was skipped.
        case terminateNeverAfterSuccess
        /// An Until that reaches its limit must fail.
        case untilFailsAtItsLimit
        /// Each HTTP action says how it is repeated.
        case everyCallHasARetryPolicy
        /// Only what may be repeated is: a POST is not.
        case noPostIsRepeated
        /// A recurrence has a start time.
        case recurrenceHasAStart
        /// One run at a time.
        case oneRunAtATime
        /// No two actions have one name, and none is longer than 80 characters.
        case namesAreUnique
        /// What an action runs after is its sibling.
        case runAfterIsASibling
        /// What is named by `parameters()` is declared.
        case parametersAreDeclared
        /// What is named by `outputs()`, `body()` and `items()` is an action.
        case actionsExist
        /// Nesting is no deeper than Azure allows.
        case nestingIsBounded
    }

    private(set) var broken: Set<Rule> = []
    private var names: [String] = []
    private var strings: [String] = []

    /// Checks a definition.
    init(_ definition: JSONValue) {
        for trigger in (definition["triggers"]?.object ?? [:]).values { self.check(trigger: trigger) }
        self.check(actions: definition["actions"]?.object ?? [:], depth: 1)
        if Set(self.names).count != self.names.count || self.names.contains(where: { $0.count > 80 }) {
            self.broken.insert(.namesAreUnique)
        }
        let declared = Set((definition["parameters"]?.object ?? [:]).keys)
        let actions = Set(self.names)
        for text in self.strings {
            if !Self.arguments(of: "parameters", in: text).isSubset(of: declared) {
                self.broken.insert(.parametersAreDeclared)
            }
            for function in ["outputs", "body", "items"]
            where !Self.arguments(of: function, in: text).isSubset(of: actions) {
                self.broken.insert(.actionsExist)
            }
        }
    }

    private mutating func check(trigger: JSONValue) {
        if trigger["type"]?.string == "Recurrence", trigger["recurrence"]?["startTime"] == nil {
            self.broken.insert(.recurrenceHasAStart)
        }
        if trigger["runtimeConfiguration"]?["concurrency"]?["runs"]?.integer != 1 { self.broken.insert(.oneRunAtATime) }
    }

    private mutating func check(actions: [String: JSONValue], depth: Int) {
        if depth > 8, !actions.isEmpty { self.broken.insert(.nestingIsBounded) }
        for (name, action) in actions {
            self.names.append(name)
            let after = action["runAfter"]?.object ?? [:]
            if !Set(after.keys).isSubset(of: actions.keys) { self.broken.insert(.runAfterIsASibling) }
            switch action["type"]?.string {
            case "Terminate":
                let statuses = after.values.flatMap { $0.array ?? [] }.compactMap(\.string)
                if !Set(statuses).isDisjoint(with: ["Succeeded", "Skipped"]) {
                    self.broken.insert(.terminateNeverAfterSuccess)
                }
                // Without anything before it, it must stand in a branch that a condition guards.
                if after.isEmpty, depth == 1 { self.broken.insert(.terminateNeverAfterSuccess) }
            case "Until":
                let hasLimit = action["limit"]?["timeout"] != nil && action["limit"]?["count"] != nil
                if !hasLimit || action["operationOptions"]?.string != "FailWhenLimitsReached" {
                    self.broken.insert(.untilFailsAtItsLimit)
                }
            case "Http":
                let policy = action["inputs"]?["retryPolicy"]?["type"]?.string
                if policy == nil { self.broken.insert(.everyCallHasARetryPolicy) }
                if action["inputs"]?["method"]?.string == "POST", policy != "none" {
                    self.broken.insert(.noPostIsRepeated)
                }
            default: break
            }
            self.collect(.object((action.object ?? [:]).filter { !["actions", "else"].contains($0.key) }))
            for branch in [action["actions"], action["else"]?["actions"]] {
                self.check(actions: branch?.object ?? [:], depth: depth + 1)
            }
        }
    }

    private mutating func collect(_ value: JSONValue) {
        switch value {
        case .string(let text): self.strings.append(text)
        case .array(let elements): for element in elements { self.collect(element) }
        case .object(let members): for member in members.values { self.collect(member) }
        default: break
        }
    }

    /// The literal arguments of a function's calls in a text.
    private static func arguments(of function: String, in text: String) -> Set<String> {
        Set(
            text.split(separator: "\(function)('").dropFirst().compactMap {
                $0.split(separator: "'").first.map(String.init)
            }
        )
    }
}
