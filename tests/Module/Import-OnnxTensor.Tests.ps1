#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Onnx.ImportOnnxTensorCommand'
}

Describe 'Import-OnnxTensor' {
    It 'reads a table' {
        [IO.File]::WriteAllText("$TestDrive/a.csv", "1,2`n3,4`n")
        $tensor = Import-OnnxTensor "$TestDrive/*.csv" -ElementType Int32

        "$tensor" | Should -BeExactly 'int32 [2, 2]'
        $tensor.ToArray()[1, 0] | Should -Be 3
    }

    It 'reads an ONNX message' {
        # dims: 2, data_type: FLOAT, raw_data of two floats, 1 and 2.
        [IO.File]::WriteAllBytes(
            "$TestDrive/a.pb", (0x08, 0x02, 0x10, 0x01, 0x4A, 0x08, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40))

        (Import-OnnxTensor "$TestDrive/a.pb").ToArray() | Should -Be 1, 2
    }

    It 'reads what Invoke-OnnxModel takes and gives' {
        $folder = "$PSScriptRoot/../data/onnx/test_single_relu_model"
        $x = Import-OnnxTensor "$folder/test_data_set_0/input_0.pb"
        $y = Import-OnnxTensor "$folder/test_data_set_0/output_0.pb"

        (Invoke-OnnxModel "$folder/model.onnx" @{ x = $x }).y.ToArray() | Should -Be $y.ToArray()
    }

    It 'is <Id> for <Path>' -ForEach @(
        @{ Id = 'FileNotFound'; Path = '/nosuch/a.pb' }
        @{ Id = 'NotFileSystem'; Path = 'Env:\PATH' }
    ) {
        (Get-Failure { Import-OnnxTensor $Path }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'TensorTruncated'; Bytes = (0x08, 0x02, 0x10, 0x01, 0x4A, 0x08, 0, 0) }
        @{ Id = 'TensorInvalid'; Bytes = (0x08, 0x03, 0x10, 0x01, 0x4A, 0x04, 0, 0, 0, 0) }
        @{ Id = 'TensorTooLarge'; Bytes = (0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x10, 0x01) }
        @{ Id = 'TensorUnsupported'; Bytes = (0x08, 0x01, 0x10, 0x63) }
    ) {
        [IO.File]::WriteAllBytes("$TestDrive/bad.pb", $Bytes)
        Import-OnnxTensor "$TestDrive/bad.pb" @silent | Should -BeNullOrEmpty

        @($problems)[-1].FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'reads a table by -Delimiter, -Header and -Culture' {
        [IO.File]::WriteAllText("$TestDrive/de.csv", "0|1`n1,5|2`n")
        $settings = @{ Delimiter = '|'; Culture = Get-CommaCulture }

        (Import-OnnxTensor "$TestDrive/de.csv" @settings).ToArray() | Should -Be 0, 1, 1.5, 2
        (Import-OnnxTensor "$TestDrive/de.csv" @settings -Header).ToArray() | Should -Be 1.5, 2
        Test-CommaRefusal { Import-OnnxTensor "$TestDrive/de.csv" -Delimiter '|' } '1,5'
        [IO.File]::WriteAllText("$TestDrive/b.csv", "a,b`n1,2`n")
        $failure = Get-Failure { Import-OnnxTensor "$TestDrive/b.csv" -Header:$false }
        $failure.FullyQualifiedErrorId | Should -BeExactly "TensorInvalid,$by"
        $failure.Exception.Message | Should -BeLikeExactly '*-Header*'
    }
}
