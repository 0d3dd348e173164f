#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Onnx.ConvertOnnxModelCommand'
    $noise = (Get-OnnxModel noise).Path

    # A copy of the noise network with other bytes: Latin-1 maps each byte to a character.
    function Write-ChangedNoise([string] $Path, [string] $Old, [string] $New) {
        $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($noise))
        $place = $text.LastIndexOf($Old, [StringComparison]::Ordinal)
        $place | Should -BeGreaterThan 0
        $text = $text.Remove($place, $Old.Length).Insert($place, $New)
        [IO.File]::WriteAllBytes($Path, [Text.Encoding]::Latin1.GetBytes($text))
    }
}

Describe 'Convert-OnnxModel' {
    BeforeEach {
        $folder = "$TestDrive/out"
        Remove-Item $folder -Recurse -ErrorAction Ignore
        $null = New-Item $folder -ItemType Directory
        $path = "$folder/out.onnx"
    }

    It 'stores weights as <To>, and the model still answers' -ForEach @(
        @{ To = 'Float16'; Most = 0.001 }
        @{ To = 'Int8Dynamic'; Most = 0.05 }
    ) {
        $result = Convert-OnnxModel food $path -To $To

        $result.SizeAfter | Should -BeLessThan $result.SizeBefore
        $result.SizeAfter | Should -Be (Get-Item $path).Length
        $result.MaxAbsoluteError | Should -BeLessThan $Most
        $result.Layers | Should -Be 2
        Test-FoodWord pizza -Model $path -Quiet | Should -BeTrue
        Test-FoodWord car -Model $path -Quiet | Should -BeFalse
    }

    It 'takes a model by <How>' -ForEach @(
        @{ How = 'position'; Done = 'Float16'; Most = 0.75; Script = { Convert-OnnxModel food $path -To Float16 } }
        @{ How = 'the pipeline'; Done = 'Int8Dynamic'; Most = 0.75; Script = {
                'food' | Convert-OnnxModel -OutputPath $path -To Int8Dynamic } }
        @{ How = 'Get-OnnxModel'; Done = 'Optimize'; Most = 1.2; Script = {
                Get-OnnxModel food | Convert-OnnxModel -OutputPath $path -Optimize } }
        @{ How = 'FullName'; Done = 'Float16', 'Optimize'; Most = 0.75; Script = {
                [pscustomobject] @{ FullName = 'food' } | Convert-OnnxModel -OutputPath $path -To Float16 -Optimize } }
    ) {
        $result = @(& $Script)

        $result | Should -HaveCount 1
        $result[0].PSObject.TypeNames[0] | Should -BeExactly OnnxDeep.ModelConversion
        $result.Conversions | Should -BeExactly $Done
        $result[0].Ratio | Should -BeGreaterOrEqual 0.1
        $result[0].Ratio | Should -BeLessOrEqual $Most
        $result[0].MaxAbsoluteError | Should -BeGreaterOrEqual 0
        $result[0].MaxAbsoluteError | Should -BeLessOrEqual 0.05
        ('soup', 'car' | Test-FoodWord -Model $path).Label | Should -BeExactly food, 'not food'
    }

    It 'leaves the layers of a Float16 model readable' {
        $null = Convert-OnnxModel noise $path -To Float16 -WarningAction Ignore

        (Get-LayerWeights $path).Units | Should -Be 5, 1
    }

    It 'measures the error on what -Seed draws, or on the values that it is given' {
        $errors = foreach ($sample in @{ Seed = 1 }, @{ Seed = 1 }, @{ Seed = 2; BatchSize = 3 }) {
            (Convert-OnnxModel food $path -To Int8Dynamic @sample).MaxAbsoluteError
        }
        $errors[1] | Should -Be $errors[0]
        $errors[2] | Should -Not -Be $errors[0]

        $given = @{ InputObject = @{ FEATURES = (1, 2, 3), (4, 5, 6) }; Dimension = @{ N = 2 } }
        $result = Convert-OnnxModel noise $path -To Float16 @given -WarningAction Ignore
        $result.Outputs.Name | Should -BeExactly probability
    }

    It 'opens the batch with -DynamicBatch' {
        Write-TinyModel "$TestDrive/t.onnx" Relu -Shape 1, 3
        $result = @(Convert-OnnxModel "$TestDrive/t.onnx" $path -DynamicBatch)

        $result | Should -HaveCount 1
        $result.Conversions | Should -BeExactly DynamicBatch
        (Invoke-OnnxModel $path @{ x = 1, -2, 3 }).y | Should -Be 1, 0, 3
    }

    It 'says that a batch is open already' {
        $null = Convert-OnnxModel noise $path -DynamicBatch -WarningVariable warnings -WarningAction SilentlyContinue

        $warnings | Should -HaveCount 1
        $warnings | Should -BeLikeExactly '*-DynamicBatch changed nothing*'
    }

    It 'keeps the metadata of an optimised model' {
        Convert-OnnxModel food $path -Optimize | Out-Null

        (Get-OnnxModel $path).Metadata.labels | Should -Be (Get-OnnxModel food).Metadata.labels
    }

    It 'takes files from Get-ChildItem and replaces them' {
        Copy-Item (Get-OnnxModel food).Path "$TestDrive/own.onnx"
        $result = Get-ChildItem "$TestDrive/own.onnx" | Convert-OnnxModel -OutputPath "$TestDrive/own.onnx" -To Float16

        $result.Source | Should -Be $result.Path
        (Get-OnnxModel "$TestDrive/own.onnx").Size | Should -Be $result.SizeAfter
    }

    It 'gives each model of the pipeline its own file, and goes on after a bad one' {
        Copy-Item $noise "$TestDrive/a.onnx"
        Set-Content "$TestDrive/b.onnx" 'I am no model'
        Copy-Item $noise "$TestDrive/c.onnx"
        $results = 'a', 'b', 'c' |
            ForEach-Object { [pscustomobject] @{ Path = "$TestDrive/$_.onnx"; OutputPath = "$folder/new/$_.onnx" } } |
            Convert-OnnxModel -To Float16 -WarningAction Ignore @silent

        $results.Name | Should -BeExactly a, c
        $problems.FullyQualifiedErrorId | Should -BeExactly "ModelNotOnnx,$by"
        (Get-ChildItem "$folder/new" | Sort-Object Name).Name | Should -BeExactly a.onnx, c.onnx
    }

    It 'does not replace the first model by the second' {
        $results = @('noise', 'food' | Convert-OnnxModel -OutputPath $path -To Float16 @silent -WarningAction Ignore)

        $problems.FullyQualifiedErrorId | Should -BeExactly "OutputPathTaken,$by"
        $results | Should -HaveCount 1
        $results[0].Source | Should -BeLikeExactly '*noise.onnx'
    }

    It 'converts a model that does not run, and warns that it was not compared' {
        Write-ChangedNoise "$TestDrive/unknown.onnx" Sigmoid Sigmoit
        $result = Convert-OnnxModel "$TestDrive/unknown.onnx" $path -To Float16 -WarningVariable warnings `
            -WarningAction SilentlyContinue

        $warnings[0] | Should -BeLikeExactly '*was not compared*'
        $warnings[1] | Should -BeLikeExactly '*no smaller*'
        $result.Reason | Should -BeLikeExactly "*'Sigmoit' of ai.onnx is unknown*"
        $result.MaxAbsoluteError | Should -Be $null
        $path | Should -Exist
    }

    It 'shows sizes that can be read, within 80 columns' {
        $text = Convert-OnnxModel food $path -To Float16 -Optimize | Out-String -Width 80

        $text | Should -Match 'KB'
        $text | Should -Match 'Float16, Optimize'
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'keeps the permissions of the file that it replaces, and those of the model for a new file' -Skip:$IsWindows {
        $private = "$TestDrive/private.onnx"
        Copy-Item $noise $private
        [IO.File]::SetUnixFileMode($private, 'UserRead, UserWrite')
        $null = Convert-OnnxModel $private $path -To Float16 3>$null
        [IO.File]::GetUnixFileMode($path) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')

        [IO.File]::SetUnixFileMode($path, 'UserRead, UserWrite, GroupRead')
        $null = Convert-OnnxModel $private $path -To Float16 3>$null
        [IO.File]::GetUnixFileMode($path) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite, GroupRead')
    }

    It 'writes into a pipe, and says how much' -Skip:$IsWindows {
        $null = mkfifo $path
        $reader = Start-Process sh '-c', '"cat out.onnx > read.onnx"' -WorkingDirectory $folder -PassThru
        $result = Convert-OnnxModel food $path -To Float16

        $reader.WaitForExit(60000) | Should -BeTrue
        (Get-Item "$folder/read.onnx").Length | Should -Be $result.SizeAfter
        Test-FoodWord pizza -Model "$folder/read.onnx" -Quiet | Should -BeTrue
    }

    It 'writes nothing with -WhatIf' {
        Convert-OnnxModel food $path -To Float16 -WhatIf | Should -BeNullOrEmpty

        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'is <Id> for <Script>, and writes nothing' -ForEach @(
        @{ Id = 'NoConversion'; Script = { Convert-OnnxModel food $path } }
        @{ Id = 'ModelNotFound'; Script = { Convert-OnnxModel nosuch $path -Optimize } }
        @{ Id = 'NoConvertibleWeights'; Script = { Convert-OnnxModel $tiny $path -To Float16 } }
        @{ Id = 'FileExists'; Script = { Convert-OnnxModel food $tiny -To Float16 -NoClobber } }
        @{ Id = 'OutputNotWritable'; Script = { Convert-OnnxModel food "$tiny/o.onnx" -To Float16 } }
        @{ Id = 'DimensionInvalid'; Script = { Convert-OnnxModel food $path -To Float16 -Dimension @{ X = 1 } } }
        @{ Id = 'BatchSizeFixed'; Script = { Convert-OnnxModel $tiny $path -Optimize -BatchSize 5 } }
        @{ Id = 'InputNameUnknown'; Script = { Convert-OnnxModel food $path -To Float16 -InputObject @{ nosuch = 1 } } }
        @{ Id = 'ProviderNotFound'; Script = { Convert-OnnxModel food $path -To Float16 -Provider nosuch } }
    ) {
        $tiny = "$TestDrive/tiny.onnx"
        Write-TinyModel $tiny Relu -Shape 1, 3
        $hash = (Get-FileHash $tiny).Hash

        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        Get-ChildItem $folder | Should -BeNullOrEmpty
        (Get-FileHash $tiny).Hash | Should -Be $hash
    }

    It 'is OpsetTooOld for Int8Dynamic of a model of opset 10' {
        Write-ChangedNoise "$TestDrive/old.onnx" "$([char] 16)$([char] 17)" "$([char] 16)$([char] 10)"
        $failure = Get-Failure { Convert-OnnxModel "$TestDrive/old.onnx" $path -To Int8Dynamic }

        $failure.FullyQualifiedErrorId | Should -BeExactly "OpsetTooOld,$by"
        $failure.CategoryInfo.Category | Should -BeExactly InvalidType
    }

    It 'names the source in an error, and no file on the way' {
        Write-ChangedNoise "$TestDrive/unknown.onnx" Sigmoid Sigmoit
        $failure = Get-Failure { Convert-OnnxModel "$TestDrive/unknown.onnx" $path -Optimize }

        $failure.FullyQualifiedErrorId | Should -BeExactly "ModelInvalid,$by"
        $failure.Exception.Message | Should -BeLike "*'$(Convert-Path "$TestDrive/unknown.onnx")'*"
        $failure.Exception.Message | Should -Not -BeLike '*onnxdeep-convert*'
    }
}
