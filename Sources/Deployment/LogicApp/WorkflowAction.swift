/// Actions of a workflow that ours is made of.
enum WorkflowAction {
    /// How often a call is made again that Azure throttled or failed; only what may be repeated.
    private static let retries: TemplateValue = [
        "type": "exponential", "count": 4, "interval": "PT20S", "minimumInterval": "PT10S", "maximumInterval": "PT5M",
    ]

    /// A call with the workflow's own identity.
    ///
    /// Its answer is taken as it is: whoever follows an operation does so in a loop with a limit of its own.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - uri: The address.
    ///   - audience: Whom the token is for.
    ///   - isRepeatable: Whether the call may be made again where it is not known whether it arrived.
    ///   - more: More inputs: headers, a body.
    ///   - after: What comes before.
    /// - Returns: The action.
    static func call(
        _ method: String,
        _ uri: String,
        audience: String,
        isRepeatable: Bool = true,
        _ more: [TemplateValue.Member] = [],
        after: TemplateValue = [:]
    ) -> TemplateValue {
        let inputs: [TemplateValue.Member] =
            [.init("method", .text(method)), .init("uri", .text(uri))] + more + [
                .init("authentication", ["type": "ManagedServiceIdentity", "audience": .text(audience)]),
                .init("retryPolicy", isRepeatable ? Self.retries : ["type": "none"]),
            ]
        return [
            "type": "Http", "inputs": .object(inputs), "operationOptions": "DisableAsyncPattern", "runAfter": after,
        ]
    }

    /// A pause.
    static func wait(seconds: Int, after: TemplateValue = [:]) -> TemplateValue {
        [
            "type": "Wait", "inputs": ["interval": ["count": .integer(seconds), "unit": "Second"]], "runAfter": after,
        ]
    }

    /// Does some actions where a condition holds, and others where it does not.
    ///
    /// - Parameters:
    ///   - condition: The left side, compared with `true`.
    ///   - actions: What is done where it holds.
    ///   - others: What is done where it does not.
    ///   - after: What comes before.
    /// - Returns: The action.
    static func when(
        _ condition: String,
        _ actions: [TemplateValue.Member],
        else others: [TemplateValue.Member] = [],
        after: TemplateValue = [:]
    ) -> TemplateValue {
        [
            "type": "If", "expression": ["and": [["equals": [.text(condition), true]]]],
            "actions": .object(actions), "else": ["actions": .object(others)], "runAfter": after,
        ]
    }

    /// Repeats actions until a condition holds; a limit that is reached is a failure.
    static func until(
        _ condition: String,
        count: Int,
        timeout: String,
        _ actions: [TemplateValue.Member],
        after: TemplateValue = [:]
    ) -> TemplateValue {
        [
            "type": "Until", "expression": .text(condition),
            "limit": ["count": .integer(count), "timeout": .text(timeout)],
            "operationOptions": "FailWhenLimitsReached", "actions": .object(actions), "runAfter": after,
        ]
    }

    /// Ends the run as failed.
    static func fail(_ code: String, _ message: String) -> TemplateValue {
        [
            "type": "Terminate",
            "inputs": ["runStatus": "Failed", "runError": ["code": .text(code), "message": .text(message)]],
        ]
    }
}
