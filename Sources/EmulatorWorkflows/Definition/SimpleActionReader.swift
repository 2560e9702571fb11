import EmulatorExpressions
import EmulatorRuntime

/// Reads an action that holds no others.
struct SimpleActionReader {
    let json: JSON
    let name: String

    /// Types that Azure knows and that need what is not here: connectors, other workflows, callers that wait.
    private static let foreign = [
        "apiconnection", "apiconnectionwebhook", "apimanagement", "appservice", "batch", "encode", "expression",
        "flatfiledecoding",
        "flatfileencoding", "function", "httpwebhook", "integrationaccountartifactlookup", "javascriptcode", "liquid",
        "response", "sendtobatch", "serviceprovider", "table", "workflow", "xmlvalidation", "xslt",
    ]

    func kind(_ type: String) throws(WorkflowMistake) -> WorkflowAction.Kind {
        switch type.lowercased() {
        case "http": return try self.http()
        case "compose": return .compose(try self.inputs())
        case "parsejson": return .parseJSON(content: try self.input("content"))
        case "wait": return try self.wait()
        case "terminate": return try self.terminate()
        case "initializevariable": return .initialize(try self.variables())
        case "query":
            guard let condition = try self.input("where").string else {
                throw .invalid("The 'where' of template action '\(self.name)' must be a string.")
            }
            return .filter(from: try self.input("from"), condition: condition)
        case "select": return .select(from: try self.input("from"), shape: try self.input("select"))
        case "join": return .join(from: try self.input("from"), separator: try self.input("joinWith"))
        case let other:
            if let change = Self.change(named: other) { return try self.changed(change) }
            if Self.foreign.contains(other) { throw .notEmulated("actions of the type '\(type)' ('\(self.name)')") }
            throw .invalid("The template action '\(self.name)' has the type '\(type)', which is not valid.")
        }
    }

    private static func change(named name: String) -> VariableChange? {
        let all = [VariableChange.set, .increment, .decrement, .appendElement, .appendText]
        return all.first { $0.rawValue.lowercased() == name }
    }

    private func inputs() throws(WorkflowMistake) -> JSON {
        if let inputs = self.json.member("inputs") { return inputs }
        throw .invalid("The template action '\(self.name)' is missing the required property 'inputs'.")
    }

    private func input(_ member: String) throws(WorkflowMistake) -> JSON {
        if let value = try self.inputs().member(member), !value.isNull { return value }
        throw .invalid("The 'inputs' of template action '\(self.name)' are missing the required property '\(member)'.")
    }

    private func http() throws(WorkflowMistake) -> WorkflowAction.Kind {
        guard let method = try self.input("method").string, try self.input("uri").string != nil else {
            throw .invalid("The 'method' and the 'uri' of template action '\(self.name)' must be strings.")
        }
        // Source: the reference of the types; HEAD is not among them.
        let known = ["GET", "PUT", "POST", "PATCH", "DELETE"]
        guard method.contains("@") || known.contains(method.uppercased()) else {
            throw .invalid(
                "The 'method' of template action '\(self.name)' is '\(method)'. The supported values are "
                    + "'\(known.joined(separator: ", "))'."
            )
        }
        let inputs = try self.inputs()
        if let type = inputs.member(at: "authentication", "type")?.string,
            !["managedserviceidentity", "raw", "none"].contains(type.lowercased())
        {
            throw .notEmulated("calls with the authentication '\(type)' ('\(self.name)')")
        }
        let limit = self.json.member(at: "limit", "timeout")?.string
        let timeout = limit.flatMap { ISODuration($0) }
        if let limit, timeout == nil {
            throw .invalid("The 'limit' of action '\(self.name)' has the timeout '\(limit)', which is no duration.")
        }
        return .http(
            HTTPCall(
                inputs: inputs,
                retries: try .read(inputs.member("retryPolicy"), of: self.name),
                followsOperations: !ActionReader.options(self.json).contains("disableasyncpattern"),
                timeout: timeout
            )
        )
    }

    private func wait() throws(WorkflowMistake) -> WorkflowAction.Kind {
        let inputs = try self.inputs()
        guard inputs.member("interval") != nil || inputs.member("until") != nil else {
            throw .invalid("The 'inputs' of template action '\(self.name)' need an 'interval' or an 'until'.")
        }
        return .wait(inputs)
    }

    private func terminate() throws(WorkflowMistake) -> WorkflowAction.Kind {
        let named = try self.input("runStatus").string ?? ""
        let status = ActionStatus(named: named)
        guard let status, [.succeeded, .failed, .cancelled].contains(status) else {
            throw .invalid(
                "The 'runStatus' of template action '\(self.name)' is '\(named)'. The supported values are 'Succeeded, "
                    + "Failed, Cancelled'."
            )
        }
        let error = try self.inputs().member("runError")
        if error != nil, status != .failed {
            throw .invalid("The 'runError' of template action '\(self.name)' is for the status 'Failed' only.")
        }
        return .terminate(status: status, error: error)
    }

    private func variables() throws(WorkflowMistake) -> [VariableDeclaration] {
        guard let elements = try self.input("variables").array, !elements.isEmpty else {
            throw .invalid("The 'variables' of template action '\(self.name)' must be an array that is not empty.")
        }
        var declarations: [VariableDeclaration] = []
        for element in elements {
            guard let name = element.member("name")?.string, let named = element.member("type")?.string,
                let type = VariableType(named)
            else {
                throw .invalid(
                    "A variable of template action '\(self.name)' needs a name, and a type of '"
                        + VariableType.allCases.map(\.title).joined(separator: ", ") + "'."
                )
            }
            declarations.append(
                VariableDeclaration(name: name, type: type, value: element.member("value") ?? .null)
            )
        }
        return declarations
    }

    private func changed(_ change: VariableChange) throws(WorkflowMistake) -> WorkflowAction.Kind {
        guard let name = try self.input("name").string else {
            throw .invalid("The 'name' of template action '\(self.name)' must be a string.")
        }
        let inputs = try self.inputs()
        let isCount = change == .increment || change == .decrement
        let standard: JSON? = isCount ? 1 : Optional.none
        guard let value = inputs.member("value") ?? standard else {
            throw .invalid("The 'inputs' of template action '\(self.name)' are missing the required property 'value'.")
        }
        return .change(change, name: name, value: value)
    }
}
