#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
    $models = "$((Get-Module OnnxDeep).ModuleBase)/models"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Onnx.GetOnnxModelCommand'
}

Describe 'Get-OnnxModel' {
    It 'sums the food model up' {
        $model = Get-OnnxModel food

        $model.Producer | Should -BeExactly 'OnnxDeep'
        $model.IrVersion | Should -Be 8
        "$($model.Opsets)" | Should -BeExactly 'ai.onnx 17'
        "$($model.Inputs)" | Should -BeExactly 'features: tensor(float) [N, 300]'
        "$($model.Outputs)" | Should -BeExactly 'probability: tensor(float) [N, 1]'
        "$($model.Operators)" | Should -BeExactly 'Gemm 2 Relu 1 Sigmoid 1'
        $model.Parameters | Should -Be 1511
        $model.Size | Should -Be (Get-Item "$models/food.onnx").Length
        $model.Layers.Units | Should -Be 5, 1
        $model.Metadata['task'] | Should -BeExactly 'word-classification'
        $model.Problems | Should -BeNullOrEmpty
    }

    It 'lists the columns that a model of a table takes' {
        $rows = foreach ($i in 1..40) {
            [pscustomobject]@{ age = $i % 7; colour = ('red', 'blue')[$i % 2]; kind = ('no', 'yes')[$i % 2] }
        }
        $model = "$TestDrive/table.onnx"
        $null = $rows | New-Classifier -LabelProperty kind -Epochs 3 -Path $model -WarningAction SilentlyContinue

        "$((Get-OnnxModel $model).Columns)" | Should -BeExactly 'age (Number) colour (Category)'
        Get-OnnxModel $model | Out-String -Width 200 | Should -MatchExactly 'Columns +: age \(Number\), colour \(Cat'
        (Get-OnnxModel food).Columns | Should -BeNullOrEmpty
    }

    It 'compares the content of models with their digests on request' {
        $bytes = [IO.File]::ReadAllBytes("$models/food.onnx")
        $bytes[3000] = $bytes[3000] -bxor 1
        [IO.File]::WriteAllBytes("$TestDrive/flipped.onnx", $bytes)
        Write-TinyModel "$TestDrive/none.onnx" Sign

        $all = "$TestDrive/flipped.onnx", "$TestDrive/none.onnx", 'food', 'food-words', 'noise'
        $found = $all | Get-OnnxModel -Verify @silent

        $found.Name | Should -BeExactly food, food-words, noise
        $found.IsVerified | Should -Be $true, $true, $true
        $problems.FullyQualifiedErrorId | Should -BeExactly "DigestMismatch,$by", "DigestMissing,$by"
        $problems[0].Exception.Message | Should -BeLikeExactly '*flipped.onnx*is damaged*SHA-256*'
        $problems[1].Exception.Message | Should -BeLikeExactly '*none.onnx*has no digest*'
        (Get-OnnxModel food).IsVerified | Should -BeFalse
    }

    It 'verifies models after edits and conversions' {
        Set-OnnxModelMetadata food @{ author = 'Ada' } -OutputPath "$TestDrive/edited.onnx"
        $null = Convert-OnnxModel food -To Float16 -OutputPath "$TestDrive/half.onnx"
        $null = Convert-OnnxModel food -To Int8Dynamic -OutputPath "$TestDrive/int8.onnx"
        $null = Convert-OnnxModel food -Optimize -OutputPath "$TestDrive/fused.onnx"

        $all = Get-OnnxModel "$TestDrive/edited.onnx", "$TestDrive/half.onnx", "$TestDrive/int8.onnx",
            "$TestDrive/fused.onnx" -Verify

        $all.IsVerified | Should -Be $true, $true, $true, $true
        $digests = @((Get-OnnxModel food).Metadata['content_sha256']) + $all.Metadata.ForEach({ $_['content_sha256'] })
        $digests[1] | Should -BeExactly $digests[0]
        $digests | Select-Object -Unique | Should -HaveCount 4
    }

    It 'reads a model and its data through the links of a Hugging Face cache' -Skip:$IsWindows {
        $cache = "$TestDrive/cache"
        $null = New-Item "$cache/blobs", "$cache/snapshots/x/onnx" -ItemType Directory
        Write-ExternalModel "$cache/blobs/aaaa" model.onnx_data
        [IO.File]::WriteAllBytes("$cache/blobs/bbbb", [BitConverter]::GetBytes([float] 3))
        $model = "$cache/snapshots/x/onnx/model.onnx"
        $null = New-Item $model -ItemType SymbolicLink -Target ../../../blobs/aaaa
        $null = New-Item "${model}_data" -ItemType SymbolicLink -Target ../../../blobs/bbbb

        (Get-OnnxModel $model).Problems | Should -BeNullOrEmpty
        (Get-OnnxModel $model -Initializer).Max | Should -Be 3
        (Invoke-OnnxModel $model -InputObject @{ x = [float[]] 4 }).y | Should -Be 7
        $null = Convert-OnnxModel $model -DynamicBatch -OutputPath "$cache/whole.onnx"
        (Invoke-OnnxModel "$cache/whole.onnx" -InputObject @{ x = [float[]] 4 }).y | Should -Be 7
        (Compare-OnnxModel -Reference $model -Difference "$cache/whole.onnx").Passed | Should -BeTrue
        Set-OnnxModelMetadata $model @{ author = 'Ada' }
        (Get-Item $model).LinkTarget | Should -BeExactly ../../../blobs/aaaa
        (Invoke-OnnxModel $model -InputObject @{ x = [float[]] 4 }).y | Should -Be 7
        (Measure-OnnxModel $model -Duration 0.05).Model | Should -BeExactly model
    }

    It 'describes a model that names its data by an absolute path' {
        Write-ExternalModel "$TestDrive/absolute.onnx" /etc/hostname

        $found = Get-OnnxModel "$TestDrive/absolute.onnx" -WarningAction SilentlyContinue

        $found.Problems | Should -BeLike "*'/etc/hostname'*absolute path*"
        $failure = Get-Failure { Invoke-OnnxModel "$TestDrive/absolute.onnx" -InputObject @{ x = [float[]] 4 } }
        $failure.Exception.Message | Should -BeLike '*absolute path*'
    }

    It 'takes a model by <How>' -ForEach @(
        @{ How = 'position'; Script = { Get-OnnxModel noise } }
        @{ How = 'a pattern'; Script = { Get-OnnxModel "$models/nois*.onnx" } }
        @{ How = '-LiteralPath'; Script = { Get-OnnxModel -LiteralPath "$models/noise.onnx" } }
        @{ How = '?'; Script = { Get-OnnxModel "$models/nois?.onnx" } }
        @{ How = 'its path'; Script = { Get-OnnxModel (Get-OnnxModel noise).Path } }
        @{ How = 'PSPath'; Script = { [pscustomobject] @{ PSPath = "$models/noise.onnx" } | Get-OnnxModel } }
        @{ How = 'the pipeline'; Script = { 'noise' | Get-OnnxModel } }
        @{ How = 'Get-Item'; Script = { Get-Item "$models/noise.onnx" | Get-OnnxModel } }
    ) {
        $found = @(& $Script)

        $found | Should -HaveCount 1
        $found.Name | Should -BeExactly 'noise'
    }

    It 'reads the numbers with -Initializer as Get-LayerWeights does' {
        $kernel = Get-OnnxModel food -Initializer | Where-Object Name -EQ 'dense/kernel'
        $numbers = Get-LayerWeights food -Flat | Where-Object { $_.Layer -eq 'dense' -and $_.Kind -eq 'Weight' }
        $weights = $numbers.Value | Measure-Object -Minimum -Maximum -Average

        $kernel.Type | Should -BeExactly 'float'
        $kernel.Shape | Should -BeExactly '[300, 5]'
        $kernel.Min | Should -Be $weights.Minimum
        $kernel.Max | Should -Be $weights.Maximum
        $kernel.Mean | Should -BeGreaterThan ($weights.Average - 1e-9)
        $kernel.Mean | Should -BeLessThan ($weights.Average + 1e-9)
        $kernel.Sha256 | Should -Match '^[0-9a-f]{64}$'
    }

    It 'writes <Count> <Type> with -<List>' -ForEach @(
        @{ List = 'Node'; Type = 'OnnxDeep.OnnxNodeInfo'; Count = 4 }
        @{ List = 'Initializer'; Type = 'OnnxDeep.OnnxTensorInfo'; Count = 4 }
        @{ List = 'Operator'; Type = 'OnnxDeep.OnnxOperatorCount'; Count = 2 }
        @{ List = 'Tree'; Type = 'System.String'; Count = 1 }
    ) {
        $view = @{ $List = $true }
        $items = @(Get-OnnxModel noise @view)

        $items | Should -HaveCount $Count
        $items | ForEach-Object { $_.PSObject.TypeNames[0] } | Should -BeExactly (, $Type * $Count)
    }

    It 'lists nodes, operators and the tree' {
        (Get-OnnxModel noise -Node).Operator | Should -BeExactly 'Gemm', 'Sigmoid', 'Gemm', 'Sigmoid'
        (Get-OnnxModel noise -Operator | ForEach-Object Count) | Should -Be 2, 2
        (Get-OnnxModel noise -Tree) -split "`n" | Should -Contain '├─ input features: tensor(float) [N, 3]'
    }

    It 'refuses two lists at once' {
        { Get-OnnxModel noise -Node -Operator } | Should -Throw -ErrorId "ViewsConflict,$by"
        (Get-Failure { Get-OnnxModel noise -Node -Tree }).FullyQualifiedErrorId | Should -BeExactly "ViewsConflict,$by"
    }

    It 'is TreeTooLarge for a graph of 1,001 nodes' {
        # Empty nodes.
        Write-Graph "$TestDrive/many.onnx" (@(0x0A, 0) * 1001)
        $failure = Get-Failure { Get-OnnxModel "$TestDrive/many.onnx" -Tree -WarningAction Ignore }

        $failure.FullyQualifiedErrorId | Should -BeExactly "TreeTooLarge,$by"
        $failure.Exception.Message | Should -BeLikeExactly '*1,001 nodes*'
    }

    It 'processes the other models if one is <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Path = 'nosuch'; Category = 'ObjectNotFound' }
        @{ Id = 'ModelNotOnnx'; Path = 'TestDrive:\text.onnx'; Category = 'InvalidData' }
        @{ Id = 'ModelTruncated'; Path = 'TestDrive:\half.onnx'; Category = 'InvalidData' }
        @{ Id = 'FileNotReadable'; Path = 'TestDrive:\locked.onnx'; Category = 'ReadError' }
        @{ Id = 'NotFileSystem'; Path = 'Env:\PATH'; Category = 'InvalidArgument' }
        @{ Id = 'PathIsDirectory'; Path = 'TestDrive:\'; Category = 'InvalidArgument' }
        @{ Id = 'LinkBroken'; Path = 'TestDrive:\link.onnx'; Category = 'ObjectNotFound' }
    ) {
        if ($Id -eq 'LinkBroken') {
            if ($IsWindows) {
                Set-ItResult -Skipped -Because 'links need a privilege on Windows'
                return
            }
            $null = New-Item -ItemType SymbolicLink "$TestDrive/link.onnx" -Target "$TestDrive/gone.onnx"
        }
        Set-Content "$TestDrive/text.onnx" 'I am no model'
        [IO.File]::WriteAllBytes("$TestDrive/half.onnx", [IO.File]::ReadAllBytes("$models/food.onnx")[0..3000])
        $lock = [IO.File]::Open("$TestDrive/locked.onnx", 'Create', 'Write', 'None')
        try {
            $found = $Path, 'noise' | Get-OnnxModel @silent
        }
        finally {
            $lock.Dispose()
        }

        $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $found.Name | Should -BeExactly 'noise'
    }

    It 'warns of an operator that the runtime does not have' {
        Write-TinyModel "$TestDrive/odd.onnx" Frobnicate
        $model = Get-OnnxModel "$TestDrive/odd.onnx" -WarningVariable warnings -WarningAction SilentlyContinue

        $warnings | Should -HaveCount 1
        $warnings | Should -BeLike "*'Frobnicate' of ai.onnx*"
        $model.Problems | Should -HaveCount 1
    }
}
