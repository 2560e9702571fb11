import EmulatorExpressions
package import EmulatorRuntime

/// Gives each parameter of a template its value: the one that was sent, or the default.
package struct ParameterBinding {
    let template: Template
    let surroundings: DeploymentSurroundings
    /// What defaults may ask for that is different each time.
    let source: ParameterDefaults

    /// Creates a binding.
    package init(template: Template, surroundings: DeploymentSurroundings, source: ParameterDefaults) {
        self.template = template
        self.surroundings = surroundings
        self.source = source
    }

    /// Binds.
    ///
    /// - Parameter sent: The parameters of the request, each an object with `value`.
    /// - Returns: The values by the parameters' names, in the template's order.
    /// - Throws: ``TemplateMistake`` for the first parameter that is missing, unknown, or breaks its declaration.
    package func values(_ sent: JSON) throws(TemplateMistake) -> JSON {
        let given = try self.given(sent)
        var values: JSON = [:]
        for declaration in self.template.parameters {
            guard let value = given.member(declaration.name) else { continue }
            try declaration.check(value)
            values[declaration.name] = value
        }
        // Defaults may refer to other parameters, also to later ones: those that can are bound first.
        var waiting = self.template.parameters.filter { values[$0.name] == nil }
        while !waiting.isEmpty {
            var next: [ParameterDeclaration] = []
            for declaration in waiting {
                guard let value = try self.defaultValue(of: declaration, values, mayWait: waiting) else {
                    next.append(declaration)
                    continue
                }
                try declaration.check(value)
                values[declaration.name] = value
            }
            guard next.count < waiting.count else {
                throw .invalid(
                    "The defaults of the parameters '\(next.map(\.name).joined(separator: ", "))' refer to each other."
                )
            }
            waiting = next
        }
        return .object(self.template.parameters.map { JSON.Member($0.name, values[$0.name] ?? .null) })
    }

    private func given(_ sent: JSON) throws(TemplateMistake) -> JSON {
        var given: JSON = [:]
        for member in sent.object ?? [] {
            let declared = self.template.parameters.first { $0.name.lowercased() == member.name.lowercased() }
            guard let declared else {
                throw .invalid(
                    "The template parameters '\(member.name)' in the parameters file are not valid; they are not present in "
                        + "the original template and can therefore not be provided at deployment time. The only supported "
                        + "parameters for this template are '\(self.template.parameters.map(\.name).joined(separator: ", "))'. "
                        + "Please see https://aka.ms/arm-pass-parameter-values for usage details."
                )
            }
            guard member.value.member("reference") == nil else {
                throw TemplateMistake(
                    code: "NotEmulated",
                    message:
                        "The parameter '\(declared.name)' refers to a key vault, which the local Azure does not have."
                )
            }
            if let value = member.value.member("value") { given[declared.name] = value }
        }
        return given
    }

    /// The default; nil where it refers to a parameter that has no value yet.
    private func defaultValue(
        of declaration: ParameterDeclaration,
        _ values: JSON,
        mayWait: [ParameterDeclaration]
    ) throws(TemplateMistake) -> JSON? {
        guard let value = declaration.defaultValue else {
            if declaration.isNullable { return .null }
            throw .invalid(
                "The value for the template parameter '\(declaration.name)' is not provided. Please see "
                    + "https://aka.ms/arm-create-parameter-file for usage details."
            )
        }
        let names = TemplateText.expressions(in: value).flatMap(\.calls).compactMap { call -> String? in
            guard call.name.lowercased() == "parameters", case .value(let name)? = call.arguments.first else {
                return nil
            }
            return name.string?.lowercased()
        }
        if names.contains(where: { name in
            mayWait.contains { $0.name.lowercased() == name } && values.member(name) == nil
        }) {
            return nil
        }
        var vocabulary = TemplateVocabulary(
            surroundings: self.surroundings,
            template: self.template,
            parameters: values
        )
        vocabulary.defaults = self.source
        return try TemplateEvaluator(vocabulary).value(
            of: value,
            at: "the default of the parameter '\(declaration.name)'"
        )
    }
}
