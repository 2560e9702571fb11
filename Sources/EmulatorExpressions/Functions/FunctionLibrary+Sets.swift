import EmulatorRuntime

extension FunctionLibrary {
    /// Functions that treat arrays and objects as sets.
    ///
    /// Source: "Array functions for ARM templates": in a union of objects the later value counts, and objects below are united.
    static let sets: [String: ExpressionFunction] = [
        "union": ExpressionFunction(ExpressionFunction.atLeast(2)) { call throws(ExpressionFailure) in
            if call[0].array != nil {
                var elements: [JSON] = []
                for index in 0..<call.count {
                    for element in try call.array(index) where !elements.contains(where: { $0.isSame(as: element) }) {
                        elements.append(element)
                    }
                }
                return .array(elements)
            }
            var result: JSON = [:]
            for index in 0..<call.count { Self.unite(&result, .object(try call.object(index))) }
            return result
        },
        "intersection": ExpressionFunction(ExpressionFunction.atLeast(2)) { call throws(ExpressionFailure) in
            if call[0].array != nil {
                var elements = try call.array(0)
                for index in 1..<call.count {
                    let others = try call.array(index)
                    elements = elements.filter { element in others.contains { $0.isSame(as: element) } }
                }
                return .array(elements)
            }
            var members = try call.object(0)
            for index in 1..<call.count {
                let other = JSON.object(try call.object(index))
                members = members.filter { member in other.member(member.name)?.isSame(as: member.value) == true }
            }
            return .object(members)
        },
        "createobject": ExpressionFunction(ExpressionFunction.atLeast(0)) { call throws(ExpressionFailure) in
            guard call.count % 2 == 0 else { throw call.failure("expects names and values in turn") }
            var result: JSON = [:]
            for index in stride(from: 0, to: call.count, by: 2) { result[try call.string(index)] = call[index + 1] }
            return result
        },
    ]

    private static func unite(_ target: inout JSON, _ source: JSON) {
        for member in source.object ?? [] {
            if var inner = target[member.name], inner.object != nil, member.value.object != nil {
                self.unite(&inner, member.value)
                target[member.name] = inner
            } else {
                target[member.name] = member.value
            }
        }
    }
}
