import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation
import Testing

@Suite("Deployment plans")
struct DeploymentPlanTests {
    private static let group = "/subscriptions/\(TemplateFixture.subscription)/resourceGroups/rg"

    private func resource(_ name: String, _ more: JSON = [:], type: String = "A.B/c") -> JSON {
        var json: JSON = ["type": .string(type), "apiVersion": "2020-01-01", "name": .string(name)]
        for member in more.object ?? [] { json[member.name] = member.value }
        return json
    }

    private func plan(_ resources: JSON..., parameters: JSON = [:], sent: JSON = [:]) throws -> DeploymentPlan {
        try TemplateFixture.plan(TemplateFixture.template(parameters: parameters, resources: .array(resources)), sent)
    }

    @Test func `loops, conditions and children are laid out, with what must be there first`() throws {
        let plan = try self.plan(
            self.resource("[concat('n', copyIndex())]", ["copy": ["name": "loop", "count": 2]]),
            self.resource("last", ["dependsOn": ["loop", "off"]]),
            self.resource("off", ["condition": false]),
            self.resource("parent", ["resources": [self.resource("child", ["dependsOn": ["parent"]], type: "d")]])
        )
        #expect(plan.resources.map(\.name) == ["n0", "n1", "last", "off", "parent", "parent/child"])
        #expect(plan.resources[2].dependencies == [0, 1, 3].map { plan.resources[$0].key })
        #expect(!plan.resources[3].isEnabled)
        #expect(plan.resources[5].id == "\(Self.group)/providers/A.B/c/parent/d/child")
        #expect(plan.resources[5].dependencies == [plan.resources[4].key])
    }

    @Test func `a serial loop goes batch by batch`() throws {
        let plan = try self.plan(
            self.resource(
                "[concat('n', copyIndex())]",
                ["copy": ["name": "l", "count": 4, "mode": "Serial", "batchSize": 2]]
            )
        )
        #expect(plan.resources.map(\.dependencies.count) == [0, 0, 2, 2])
    }

    @Test func `a reference by name is a dependency, one by id is none`() throws {
        let plan = try self.plan(
            self.resource("a", ["properties": ["x": "[reference('b').y]"]]),
            self.resource("b", ["properties": ["x": "[reference(resourceId('A.B/c', 'a'), '2020-01-01').y]"]])
        )
        #expect(plan.resources[0].dependencies == [plan.resources[1].key])
        #expect(plan.resources[1].dependencies.isEmpty)
    }

    @Test func `an extension is placed by its scope, in every way of writing`() throws {
        let plan = try self.plan(
            self.resource("g1", ["scope": "A.B/c/x"], type: "Microsoft.Authorization/roleAssignments"),
            self.resource(
                "g2",
                ["scope": "[resourceId('A.B/c', 'x')]"],
                type: "Microsoft.Authorization/roleAssignments"
            ),
            self.resource("x/Microsoft.Authorization/g3", type: "A.B/c/providers/roleAssignments"),
            self.resource("g4", type: "Microsoft.Authorization/roleAssignments")
        )
        let base = "\(Self.group)/providers/A.B/c/x/providers/Microsoft.Authorization/roleAssignments"
        #expect(
            plan.resources.map(\.id)
                == ["\(base)/g1", "\(base)/g2", "\(base)/g3"]
                + ["\(Self.group)/providers/Microsoft.Authorization/roleAssignments/g4"]
        )
    }

    @Test func `symbolic names stand for resources, existing ones too`() throws {
        var json = TemplateFixture.template()
        json["languageVersion"] = "2.0"
        json["resources"] = [
            "apim": self.resource("x", ["existing": true]),
            "job": self.resource(
                "j",
                ["dependsOn": ["apim"], "properties": ["p": "[reference('apim', '2020-01-01', 'full').id]"]]
            ),
            "many": self.resource("[concat('m', copyIndex())]", ["copy": ["name": "many", "count": 2]]),
        ]
        json["outputs"] = ["name": ["type": "string", "value": "[resourceInfo('many[1]').name]"]]
        let plan = try TemplateFixture.plan(json)
        #expect(plan.resources[0].isExisting)
        #expect(plan.resources[1].dependencies == [plan.resources[0].key])
        let reader = TemplateFixture(resources: [plan.resources[0].id: ["id": "the-id"]])
        let content = try plan.content(of: plan.resources[1], reader: reader)
        #expect(content["properties"]?["p"] == "the-id")
        #expect(try plan.outputs(reader: reader)["name"]?["value"] == "m1")
    }

    @Test func `what refers to resources is left for later`() throws {
        let plan = try self.plan(self.resource("a", ["properties": ["x": "[reference('/r', '2020-01-01').y]"]]))
        let failure = #expect(throws: ExpressionFailure.self) { try plan.content(of: plan.resources[0], reader: nil) }
        #expect(failure?.isDeferred == true)
        let reader = TemplateFixture(resources: ["/r": ["properties": ["y": 7]]])
        #expect(try plan.content(of: plan.resources[0], reader: reader) == ["properties": ["x": 7]])
    }

    @Test func `names of members are evaluated, and nothing that only steers the deployment is sent`() throws {
        let plan = try self.plan(
            self.resource(
                "a",
                [
                    "identity": ["userAssignedIdentities": ["[resourceId('A.B/i', 'n')]": [:]]], "comments": "x",
                    "location": "l",
                ]
            )
        )
        let content = try plan.content(of: plan.resources[0], reader: nil)
        #expect(content.object?.map(\.name) == ["identity", "location"])
        #expect(
            content["identity"]?["userAssignedIdentities"]?.object?.map(\.name) == ["\(Self.group)/providers/A.B/i/n"]
        )
    }

    @Test func `an outer nested deployment sees its parent's parameters and place, an inner one its own`() throws {
        let inner: JSON = [
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0", "parameters": ["p": ["type": "string"]], "resources": [],
            "outputs": ["o": ["type": "string", "value": "[parameters('p')]"]],
        ]
        func nested(_ scope: String?) -> JSON {
            var properties: JSON = ["mode": "Incremental", "template": inner, "parameters": ["p": ["value": "own"]]]
            if let scope { properties["expressionEvaluationOptions"] = ["scope": .string(scope)] }
            return self.resource(
                "n",
                ["resourceGroup": "other", "properties": properties],
                type: "Microsoft.Resources/deployments"
            )
        }
        let plan = try self.plan(nested(nil), parameters: ["p": ["type": "string", "defaultValue": "parent"]])
        #expect(plan.resources[0].nestedPlace?.groupName == "other")
        let outer = try plan.nested(plan.resources[0], reader: nil)
        #expect(outer.parameters == ["p": ["value": "parent"]])
        #expect(outer.surroundings?.place.groupName == "rg")
        let own = try self.plan(nested("inner"), parameters: ["p": ["type": "string", "defaultValue": "parent"]])
        let evaluated = try own.nested(own.resources[0], reader: nil)
        #expect(evaluated.parameters == ["p": ["value": "own"]])
        #expect(evaluated.surroundings == nil)
    }

    @Test(arguments: [
        (#"[{"type":"A.B/c","apiVersion":"1","name":"a/b"}]"#, "incorrect segment lengths"),
        (#"[{"type":"A.B/c","apiVersion":"1","name":"a","dependsOn":["b"]}]"#, "The resource 'b' is not defined"),
        (
            #"[{"type":"A.B/c","apiVersion":"1","name":"a"},{"type":"A.B/c","apiVersion":"1","name":"A"}]"#,
            "defined multiple times"
        ),
        (
            #"[{"type":"A.B/c","apiVersion":"1","name":"a","dependsOn":["b"]},{"type":"A.B/c","apiVersion":"1","name":"b","dependsOn":["a"]}]"#,
            "Circular dependency"
        ),
        (#"[{"type":"A.B/c","name":"a"}]"#, "Required property 'apiVersion'"),
        (#"[{"type":"A.B/c","apiVersion":"1","name":"[reference('/x','1').n]"}]"#, "is not expected at this location"),
        (#"[{"type":"A.B/c","apiVersion":"1","name":"a","condition":"maybe"}]"#, "not a truth value"),
        (
            #"[{"type":"A.B/c","apiVersion":"1","name":"a","resourceGroup":"x"}]"#,
            "only allowed on nested and linked deployments"
        ),
        (#"[{"type":"A.B/c","apiVersion":"1","name":"a","copy":{"name":"l","count":-1}}]"#, "a count from 0 to 800"),
        (#"[{"type":"A.B/c","apiVersion":"1","name":"[broken(]"}]"#, "is not valid"),
    ])
    func `a template that does not hold together is refused`(_ resources: String, _ words: String) throws {
        let json = TemplateFixture.template(resources: try JSONParser.parse(Data(resources.utf8)).value)
        let error = #expect(throws: TemplateMistake.self) { try TemplateFixture.plan(json) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("{}", "Required property '$schema'"),
        (#"{"$schema":"x/deploymentTemplate.json#","contentVersion":"1"}"#, "'contentVersion'"),
        (#"{"$schema":"x/deploymentTemplate.json#","contentVersion":"1.0.0.0"}"#, "Required property 'resources'"),
        (
            #"{"$schema":"x/subscriptionDeploymentTemplate.json#","contentVersion":"1.0.0.0","resources":[]}"#,
            "not supported at the scope"
        ),
        (
            #"{"$schema":"x/deploymentTemplate.json#","contentVersion":"1.0.0.0","resources":[],"typo":1}"#,
            "Could not find member 'typo'"
        ),
        ("[]", "not an object"),
    ])
    func `what is no template is refused`(_ text: String, _ words: String) throws {
        let json = try JSONParser.parse(Data(text.utf8)).value
        let error = #expect(throws: TemplateMistake.self) { try Template(json, isOfGroup: true) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
}
