#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Onnx.InvokeOnnxModelCommand'
}

Describe 'Invoke-OnnxModel' {
    It 'gives an object a row' {
        $rows = (0.1, 0.2, 0.3), (0.4, 0.5, 0.6) | Invoke-OnnxModel noise

        $rows.Count | Should -Be 2
        foreach ($row in 0, 1) {
            $traced = Trace-Network -Model noise -InputObject ((0.1, 0.2, 0.3), (0.4, 0.5, 0.6))[$row]
            [Math]::Abs($rows[$row].probability - $traced.Output) | Should -BeLessThan 1e-6
        }
    }

    It 'returns a number for each of many rows, equal to that of a single row' {
        $rows = 1..300 | ForEach-Object { , (1, 2, $_) } | Invoke-OnnxModel noise

        $rows | Should -HaveCount 300
        $rows | Where-Object { $_.probability -isnot [float] } | Should -BeNullOrEmpty
        $rows[6].probability | Should -BeExactly (Invoke-OnnxModel noise 1, 2, 7).probability
    }

    It 'answers the rows before a bad one, even where its error ends the pipeline' {
        $answers = [Collections.Generic.List[object]]::new()
        {
            (1, 2, 3), (4, 5, 6), (7, 8), (1, 2, 3) | Invoke-OnnxModel noise -ErrorAction Stop |
                ForEach-Object { $answers.Add($_.probability) }
        } | Should -Throw -ErrorId "*,$by"

        $answers | Should -Be ((1, 2, 3), (4, 5, 6) | Invoke-OnnxModel noise).probability
        $order = (1, 2, 3), (7, 8), (4, 5, 6) | Invoke-OnnxModel noise -ErrorAction Continue 2>&1 |
            ForEach-Object { $_.GetType().Name }
        $order | Should -BeExactly PSCustomObject, ErrorRecord, PSCustomObject
    }

    It 'gives one object for a batch by <How>' -ForEach @(
        @{ How = 'name'; Script = { Invoke-OnnxModel noise @{ features = (1, 2, 3), (4, 5, 6) } } }
        @{ How = 'property'; Script = {
                Invoke-OnnxModel noise ([pscustomobject] @{ features = (1, 2, 3), (1, 2, 3); more = 1 }) } }
        @{ How = 'nesting'; Script = { Invoke-OnnxModel noise ((1, 2, 3), (1, 2, 3)) } }
        @{ How = 'array'; Script = { $array = [double[,]]::new(2, 3); Invoke-OnnxModel noise $array } }
    ) {
        $batch = @(& $Script)

        $batch | Should -HaveCount 1
        $batch[0].probability.GetLength(0), $batch[0].probability.GetLength(1) | Should -Be 2, 1
        $batch[0].probability[1, 0] | Should -BeOfType ([float])
        $batch[0].probability[1, 0] | Should -Be $batch[0].probability[1][0]
    }

    It 'keeps the shape of a table in text formats' {
        Write-TinyModel "$TestDrive/neg.onnx" Neg 'N', 2
        $result = Invoke-OnnxModel "$TestDrive/neg.onnx" ((1, 2), (3, 4), (5, 6))

        $result | ConvertTo-Json -Compress | Should -BeExactly '{"y":[[-1.0,-2.0],[-3.0,-4.0],[-5.0,-6.0]]}'
        ($result | ConvertTo-Csv)[1] | Should -BeExactly '"[[-1,-2],[-3,-4],[-5,-6]]"'
        $result.y | ForEach-Object { $_[1] } | Should -Be -2, -4, -6
        (1, 2), (3, 4) | Invoke-OnnxModel "$TestDrive/neg.onnx" | ConvertTo-Csv | Select-Object -Skip 1 |
            Should -BeExactly '"-1 -2"', '"-3 -4"'
    }

    It 'gives a map by key, for the classes <Class>' -ForEach @(
        @{ Class = 1, 2, 3; Json = '{"1":0.25,"2":0.5,"3":0.125}' }
        @{ Class = 0, 1, 2; Json = '{"0":0.25,"1":0.5,"2":0.125}' }
        @{ Class = -1, 0, [long]::MaxValue; Json = '{"-1":0.25,"0":0.5,"9223372036854775807":0.125}' }
        @{ Class = 'rose', 'sunflower', 'tulip'; Json = '{"rose":0.25,"sunflower":0.5,"tulip":0.125}' }
        @{ Class = '1', '2', '3'; Json = '{"1":0.25,"2":0.5,"3":0.125}' }
        @{ Class = 'Rose', 'rose', 'tulip'; Json = '{"Rose":0.25,"rose":0.5,"tulip":0.125}' }
    ) {
        Write-ZipMapModel "$TestDrive/map.onnx" $Class
        $map = (Invoke-OnnxModel "$TestDrive/map.onnx" @{ x = (0.25, 0.5, 0.125), (1, 2, 4) }).p[0]

        $map[$Class[0]], $map[$Class[1]], $map[$Class[2]] | Should -Be 0.25, 0.5, 0.125
        $map."$($Class[2])" | Should -Be 0.125
        $map[5] | Should -BeNullOrEmpty
        $map.Keys | Should -BeExactly $Class
        $map | ConvertTo-Json -Compress | Should -BeExactly $Json
        ([pscustomobject] @{ p = $map } | ConvertTo-Csv)[1].Replace('""', '"') | Should -BeExactly "`"$Json`""
    }

    It 'gives one row by name what it gives it by position, with its own map' {
        Write-ZipMapModel "$TestDrive/map.onnx" 1, 2, 3
        $json = '{"p":{"1":0.25,"2":0.5,"3":0.125}}'

        Invoke-OnnxModel "$TestDrive/map.onnx" 0.25, 0.5, 0.125 | ConvertTo-Json -Compress | Should -BeExactly $json
        Invoke-OnnxModel "$TestDrive/map.onnx" @{ x = 0.25, 0.5, 0.125 } | ConvertTo-Json -Compress |
            Should -BeExactly $json
        $rows = (0.25, 0.5, 0.125), (1, 2, 3) | Invoke-OnnxModel "$TestDrive/map.onnx"
        $rows[0] | ConvertTo-Json -Compress | Should -BeExactly $json
        $rows[1].p[2] | Should -Be 2
        (Invoke-OnnxModel noise @{ features = 1, 2, 3 }).probability |
            Should -BeExactly (Invoke-OnnxModel noise 1, 2, 3).probability
    }

    It 'runs rows one by one where they would change each other, and says so with -Verbose' {
        # The softmax over the first axis of two rows is less than 1, and that of one row is 1.
        $axis = Get-Field 5 ((Get-TextField 1 axis) + (0x18, 0x00, 0xA0, 0x01, 0x02))
        $node = Get-Field 1 ((Get-TextField 1 x) + (Get-TextField 2 y) + (Get-TextField 4 Softmax) + $axis)
        Write-Graph "$TestDrive/softmax.onnx" ($node + (Get-ValueField 11 x N, 2) + (Get-ValueField 12 y N, 2))
        $lines = (1, 2), (3, 4) | Invoke-OnnxModel "$TestDrive/softmax.onnx" -Verbose 4>&1

        ($lines | Where-Object { $_ -is [psobject] -and $_.y }).y | Should -Be 1, 1, 1, 1
        "$($lines -match 'one by one')" | Should -BeExactly ('The rows run one by one: the output ''y'' depends on ' +
            "the node 'Softmax#0' (Softmax), which may combine rows.")
        (1, 2, 3), (4, 5, 6) | Invoke-OnnxModel noise -Verbose 4>&1 | Should -Not -BeLike '*one by one*'
    }

    It 'answers the rows beside one that the model cannot run' {
        # y is the element of a table of two at x.
        $cast = Get-Field 1 ((Get-TextField 1 x) + (Get-TextField 2 i) + (Get-TextField 4 Cast) +
            (Get-Field 5 ((Get-TextField 1 to) + (0x18, 0x07, 0xA0, 0x01, 0x02))))
        $gather = Get-Field 1 ((Get-TextField 1 t) + (Get-TextField 1 i) + (Get-TextField 2 y) +
            (Get-TextField 4 Gather))
        $table = Get-Field 5 ((0x08, 0x02, 0x10, 0x01) + (Get-TextField 8 t) +
            (Get-Field 9 (0, 0, 0x80, 0x3F, 0, 0, 0, 0x40)))
        Write-Graph "$TestDrive/table.onnx" ($cast + $gather + $table + (Get-ValueField 11 x N) +
            (Get-ValueField 12 y N))

        (0, 1, 5, 0 | Invoke-OnnxModel "$TestDrive/table.onnx" @silent).y | Should -Be 1, 2, 1
        $problems[-1].FullyQualifiedErrorId | Should -BeExactly "ModelInvalid,$by"
    }

    It 'refuses outputs whose names differ in case only, unless one is chosen' {
        Write-TinyModel "$TestDrive/twins.onnx" Neg 'N', 2 y, Y

        (Get-Failure { Invoke-OnnxModel "$TestDrive/twins.onnx" 1, 2 }).FullyQualifiedErrorId |
            Should -BeExactly "OutputNameAmbiguous,$by"
        (Invoke-OnnxModel "$TestDrive/twins.onnx" 1, 2 -OutputName Y).psobject.Properties.Name | Should -BeExactly Y
    }

    It 'takes any dictionary, and refuses two keys with one text' {
        $signals = [Collections.Generic.Dictionary[string, object]]::new()
        $name = (Get-OnnxModel noise).Inputs[0].Name
        $signals[$name] = 1, 2, 3
        $one = Invoke-OnnxModel noise $signals
        $twice = @{ }
        $twice[1] = 2
        $twice['1'] = 3
        $failure = Get-Failure { Invoke-OnnxModel noise $twice }

        $one.psobject.Properties.Value | Should -Be (Invoke-OnnxModel noise 1, 2, 3).psobject.Properties.Value
        $failure.FullyQualifiedErrorId | Should -BeExactly "InputNameAmbiguous,$by"
        $failure.Exception.Message | Should -BeLike "*two keys whose text is '1'*"
    }

    It 'refuses one value for inputs whose names differ in case only' {
        $node = Get-Field 1 ((Get-TextField 1 x) + (Get-TextField 1 X) + (Get-TextField 2 y) + (Get-TextField 4 Sub))
        Write-Graph "$TestDrive/cases.onnx" ($node + (Get-ValueField 11 x N) + (Get-ValueField 11 X N) +
            (Get-ValueField 12 y N))
        foreach ($given in @{ x = , 5 }, @{ X = , 5 }, [pscustomobject] @{ x = , 5 }, [pscustomobject] @{ X = , 5 }) {
            $failure = Get-Failure { Invoke-OnnxModel "$TestDrive/cases.onnx" $given }
            $failure.FullyQualifiedErrorId | Should -BeExactly "InputNameAmbiguous,$by"
            $failure.Exception.Message | Should -BeLike '*`[Collections.Hashtable`]::new()*'
        }

        $both = [Collections.Hashtable]::new()
        $both.x = , 5
        $both.Add('X', (, 1))
        (Invoke-OnnxModel "$TestDrive/cases.onnx" $both).y | Should -Be 4
    }

    It 'takes text, and gives the outputs that -OutputName names' {
        $labels = 'soup', 'car' | Invoke-OnnxModel food-words -OutputName label, is_known

        $labels.label | Should -BeExactly 'food', 'not food'
        $labels[0].PSObject.Properties.Name | Should -BeExactly label, is_known
    }

    It 'takes an array of another program' {
        [IO.File]::WriteAllText("$TestDrive/rows.csv", "a,b,c`n1,2,3`n4,5,6`n")
        $tensor = Import-OnnxTensor "$TestDrive/rows.csv"

        (Invoke-OnnxModel noise $tensor -AsTensor).probability.Shape | Should -Be 2, 1
        (Invoke-OnnxModel noise 1, 2, 3 -AsTensor).probability.ToString() | Should -BeExactly 'float [1]'
    }

    It 'gives the same with other settings' {
        $settings = @{ Threads = 2; GraphOptimization = 'None'; Profile = "$TestDrive/settings.json"; RunTimeout = 60 }

        $probability = (Invoke-OnnxModel noise 1, 2, 3).probability
        (Invoke-OnnxModel noise 1, 2, 3 @settings).probability | Should -Be $probability
        (Get-Content "$TestDrive/settings.json" -Raw).TrimStart()[0] | Should -BeExactly '['
    }

    It 'runs on -Provider, and names it with -Verbose' {
        $auto = (Invoke-OnnxModel noise 1, 2, 3 -Provider Auto -DeviceId 0).probability
        $cpu = (Invoke-OnnxModel noise 1, 2, 3 -Provider CPU -Threads 1).probability
        [Math]::Abs($auto - $cpu) | Should -BeLessOrEqual 1e-6

        $name = (Get-OnnxExecutionProvider CUDA).IsAvailable -contains $true ? 'CUDA' : 'CPU'
        $lines = @(Invoke-OnnxModel noise 1, 2, 3 -Provider Auto -Verbose 4>&1)
        "$($lines[0])" | Should -BeLikeExactly "Provider $name. *"
    }

    It 'leaves a bad row out' {
        $rows = (1, 2, 3), (1, 2), (4, 5, 6) | Invoke-OnnxModel noise @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "InputShapeMismatch,$by"
        $rows | Should -HaveCount 2
    }

    It 'writes a profile of the current location' {
        Push-Location $TestDrive
        try {
            $null = Invoke-OnnxModel noise 1, 2, 3 -Profile ./profile.json
            $null = Invoke-OnnxModel noise 1, 2, 3 -Profile ./none.json -WhatIf
        }
        finally {
            Pop-Location
        }

        (Get-Content "$TestDrive/profile.json" -Raw | ConvertFrom-Json).Count | Should -BeGreaterThan 1
        "$TestDrive/none.json" | Should -Not -Exist
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Parameters = @{ Path = 'nosuch'; InputObject = 1 } }
        @{ Id = 'InputShapeMismatch'; Parameters = @{ Path = 'noise'; InputObject = 1, 2 } }
        @{ Id = 'InputShapeMismatch'; Parameters = @{ Path = 'noise'; InputObject = (1, 2, 3), (1, 2) } }
        @{ Id = 'InputTypeMismatch'; Parameters = @{ Path = 'noise'; InputObject = 'one', 'two', 'three' } }
        @{ Id = 'InputTypeMismatch'; Parameters = @{ Path = 'noise'; InputObject = 'abc' } }
        @{ Id = 'InputTypeMismatch'; Parameters = @{ Path = 'noise'; InputObject = 1, 2, 1e39 } }
        @{ Id = 'InputTypeMismatch'; Parameters = @{ Path = 'noise'; InputObject = $null } }
        @{ Id = 'InputNameUnknown'; Parameters = @{ Path = 'noise'; InputObject = @{ other = 1 } } }
        @{ Id = 'InputMissing'; Parameters = @{ Path = 'noise'; InputObject = @{} } }
        @{ Id = 'OutputNameUnknown'; Parameters = @{ Path = 'noise'; InputObject = 1, 2, 3; OutputName = 'other' } }
    ) {
        (Get-Failure { Invoke-OnnxModel @Parameters }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'ends with one error that lists the names there are if rows lack an input' {
        $rows = 1..50 | ForEach-Object { [pscustomobject]@{ featurs = 1, 2, 3; Name = $_ } }
        $failure = Get-Failure { $rows | Invoke-OnnxModel noise }

        $failure.FullyQualifiedErrorId | Should -BeExactly "InputMissing,$by"
        $failure.Exception.Message | Should -BeLikeExactly '*The first row has: featurs, Name. *'
        $failure.Exception.Message | Should -BeLikeExactly "*Did you mean 'featurs'?*Select-Object*"
        [object]::ReferenceEquals($failure.TargetObject, $rows[0]) | Should -BeTrue

        $failure = Get-Failure { 1..50 | ForEach-Object { @{ featurs = 1, 2, 3 } } | Invoke-OnnxModel noise }
        $failure.FullyQualifiedErrorId | Should -BeExactly "InputNameUnknown,$by"
        $failure.Exception.Message | Should -BeLikeExactly '*The first row has: featurs. *'
    }

    It 'says what takes rows with the columns of a model' {
        $rows = foreach ($i in 1..40) {
            [pscustomobject]@{ age = $i % 7; colour = ('red', 'blue')[$i % 2]; kind = ('no', 'yes')[$i % 2] }
        }
        $model = "$TestDrive/table.onnx"
        $null = $rows | New-Classifier -LabelProperty kind -Epochs 3 -Path $model -WarningAction SilentlyContinue
        $failure = Get-Failure { $rows | Invoke-OnnxModel $model }

        $failure.FullyQualifiedErrorId | Should -BeExactly "ModelTakesColumns,$by"
        $failure.Exception.Message |
            Should -BeLikeExactly '*the values of the columns age (Number), colour (Category)*Invoke-Classifier*'
        (Invoke-OnnxModel $model @{ features = , 3; texts = , 'red' }).label | Should -BeIn no, yes
    }

    It 'goes on after rows that lack an input if others have it' {
        $odd = [pscustomobject]@{ other = 1 }
        $row = [pscustomobject]@{ features = 1, 2, 3 }
        $given = $odd, $row, $odd, $odd, $row, (4, 5, 6), $odd |
            Invoke-OnnxModel noise -ErrorVariable problems -ErrorAction SilentlyContinue

        $given | Should -HaveCount 3
        $problems.FullyQualifiedErrorId | Should -BeExactly (, "InputMissing,$by" * 4)
    }

    It 'refuses a comma in text without -Culture, and goes on' {
        $model = "$PSScriptRoot/../data/onnx/test_single_relu_model/model.onnx"
        $values = @{ x = '1,5', '2' }, @{ x = '-1.5', '2' }
        $y = $values | Invoke-OnnxModel $model -ErrorVariable problems -ErrorAction SilentlyContinue

        $problems.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly 'NumberAmbiguous'
        $y.y[0] | Should -Be 0, 2
        ($values[0] | Invoke-OnnxModel $model -Culture (Get-CommaCulture)).y[0] | Should -Be 1.5, 2
    }
}
