import EmulatorExpressions
import EmulatorRuntime

extension WorkflowVocabulary {
    /// The functions that ask what time it is; nil for any other.
    func time(
        _ name: String,
        _ arguments: [ExpressionTree],
        _ evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON? {
        let isKnown =
            (name == "utcnow" && arguments.count <= 1)
            || (["getfuturetime", "getpasttime"].contains(name) && (2...3).contains(arguments.count))
        guard isKnown else { return nil }
        var values: [JSON] = []
        for argument in arguments { values.append(try evaluator.value(of: argument)) }
        let call = ExpressionArguments(name: name, values: values, dialect: .workflow)
        let now = Timestamp(self.scene.now)
        if name == "utcnow" { return try WorkflowTimes.text(of: now, call, format: 0) }
        let moved = try WorkflowTimes.moved(
            now,
            by: name == "getpasttime" ? -call.integer(0) : call.integer(0),
            unit: call.string(1),
            in: call
        )
        return try WorkflowTimes.text(of: moved, call, format: 2)
    }
}
