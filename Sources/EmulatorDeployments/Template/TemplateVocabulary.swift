import EmulatorExpressions
import EmulatorRuntime

/// The functions that a template may call at one place of it.
struct TemplateVocabulary: ExpressionVocabulary {
    let dialect = ExpressionDialect.template
    let surroundings: DeploymentSurroundings
    let template: Template
    let parameters: JSON
    /// Where the resources go; elsewhere than the functions see only in nested deployments of the outer scope.
    var targetPlace: DeploymentPlace
    /// Only where defaults of parameters are evaluated.
    var defaults: ParameterDefaults?
    /// The loops that the place is in, the innermost last.
    var loops: [LoopIndex] = []
    /// The variables of lambda functions that the place is in, the innermost last.
    var lambdas: [(name: String, value: JSON)] = []
    /// The resources of the template, once they are known.
    var resources: [PlannedResource]?
    /// Reads resources; nil before the deployment runs.
    var reader: (any ResourceReader)?
    /// Whether the place is a variable, in which nothing of resources can be asked for.
    var isInVariable = false
    /// The variables that have been evaluated.
    private let variables = Kept<[String: JSON]>([:])
    /// The variables that are being evaluated, to notice a circle.
    private let pending = Kept<[String]>([])
    /// A text that is not an expression, found while evaluating.
    let mistake = Kept<TemplateMistake?>(nil)

    init(surroundings: DeploymentSurroundings, template: Template, parameters: JSON) {
        self.surroundings = surroundings
        self.template = template
        self.parameters = parameters
        self.targetPlace = surroundings.place
    }

    /// A value that copies of the vocabulary share.
    final class Kept<Value> {
        var value: Value

        init(_ value: Value) { self.value = value }
    }

    func function(named name: String) -> ExpressionFunction? { TemplateFunctions.all[name] }

    func special(
        _ name: String,
        _ arguments: [ExpressionTree],
        in evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON? {
        if let function = self.template.functions[name] { return try self.call(function, arguments, evaluator) }
        if let value = try self.lambda(name, arguments, evaluator) { return value }
        if let value = try self.surrounding(name, arguments, evaluator) { return value }
        return try self.resource(name, arguments, evaluator)
    }

    private func surrounding(
        _ name: String,
        _ arguments: [ExpressionTree],
        _ evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON? {
        switch (name, arguments.count) {
        case ("parameters", 1): return try self.parameter(try evaluator.string(of: arguments[0], for: name))
        case ("variables", 1): return try self.variable(try evaluator.string(of: arguments[0], for: name))
        case ("copyindex", 0...2): return try self.copyIndex(arguments, evaluator)
        case ("subscription", 0): return self.surroundings.subscription
        case ("tenant", 0): return self.surroundings.tenant
        case ("environment", 0): return self.surroundings.environment
        case ("deployment", 0): return self.surroundings.deployment
        case ("deployer", 0): return self.surroundings.deployer
        case ("resourcegroup", 0):
            if let group = self.surroundings.group { return group }
            throw ExpressionFailure(
                "The template function 'resourceGroup' is not valid at the scope of a subscription."
            )
        case ("utcnow", 0...1):
            let format = arguments.isEmpty ? "yyyyMMddTHHmmssZ" : try evaluator.string(of: arguments[0], for: name)
            guard let defaults = self.defaults else { throw Self.unexpected("utcNow") }
            guard let format = TimestampFormat(format) else {
                throw ExpressionFailure(
                    "The template function 'utcNow' was given a format that is not valid: '\(format)'."
                )
            }
            return .string(format.text(of: Timestamp(defaults.now)))
        case ("newguid", 0):
            guard let defaults = self.defaults else { throw Self.unexpected("newGuid") }
            return .string(defaults.guid())
        default: return nil
        }
    }

    static func unexpected(_ name: String) -> ExpressionFailure {
        ExpressionFailure(
            "The template function '\(name)' is not expected at this location. Please see "
                + "https://aka.ms/arm-functions for usage details."
        )
    }

    private func parameter(_ name: String) throws(ExpressionFailure) -> JSON {
        if let value = self.parameters.member(name) { return value }
        throw ExpressionFailure(
            "The template parameter '\(name)' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details."
        )
    }

    private func variable(_ name: String) throws(ExpressionFailure) -> JSON {
        let folded = name.lowercased()
        if let known = self.variables.value[folded] { return known }
        guard !self.pending.value.contains(folded) else {
            throw ExpressionFailure("The template variable '\(name)' refers to itself.")
        }
        self.pending.value.append(folded)
        defer { self.pending.value.removeLast() }
        var place = self
        place.loops = []
        place.lambdas = []
        place.isInVariable = true
        let value: JSON
        if let declared = self.template.variables.last(where: { $0.name.lowercased() == folded }) {
            value = try TemplateEvaluator(place).evaluated(declared.value)
        } else if let loop = self.loop(ofVariable: folded) {
            value = try TemplateEvaluator(place).evaluated(["copy": [loop]]).member(name) ?? .null
        } else {
            throw ExpressionFailure(
                "The template variable '\(name)' is not found. Please see https://aka.ms/arm-syntax-variables for usage "
                    + "details."
            )
        }
        self.variables.value[folded] = value
        return value
    }

    private func loop(ofVariable folded: String) -> JSON? {
        let loops = self.template.variables.last { $0.name.lowercased() == "copy" }?.value.array ?? []
        return loops.first { $0.member("name")?.string?.lowercased() == folded }
    }

    private func copyIndex(
        _ arguments: [ExpressionTree],
        _ evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON {
        var values: [JSON] = []
        for argument in arguments { values.append(try evaluator.value(of: argument)) }
        let name = values.first?.string
        let offset = values.last?.integer ?? 0
        let loop = self.loops.last { loop in name.map { $0.lowercased() == loop.name.lowercased() } ?? loop.isOfResource
        }
        guard let loop else { throw Self.unexpected("copyIndex") }
        return .integer(loop.index + offset)
    }

    private func call(
        _ function: TemplateFunction,
        _ arguments: [ExpressionTree],
        _ evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON {
        guard arguments.count == function.parameters.count else {
            throw ExpressionFailure(
                "A function of the template was called with \(arguments.count) parameters; it takes "
                    + "\(function.parameters.count)."
            )
        }
        var values: JSON = [:]
        for (name, argument) in zip(function.parameters, arguments) { values[name] = try evaluator.value(of: argument) }
        let place = TemplateVocabulary(surroundings: self.surroundings, template: self.template, parameters: values)
        return try TemplateEvaluator(place).evaluated(function.body)
    }
}
